import type {
  ImageApplication,
  ImageItem,
} from '@landfall/backstage-plugin-delivery-common';

/** What the Image Updater makes of an image for an application. @internal */
export type Judgement =
  | { kind: 'next' | 'upToDate' }
  | { kind: 'passedOver'; reason: string };

/** The same judgement of several applications, by their environments. @internal */
export interface SharedJudgement {
  judgement: Judgement;
  /** Empty: of all that have a policy for the image. */
  environments: string[];
}

/**
 * What the applications' policies make of an image: said once where they agree.
 *
 * @internal
 */
export function judgementsOf(
  { verdicts, runsIn, repository }: ImageItem,
  applications: readonly ImageApplication[],
): SharedJudgement[] {
  const groups = new Map<string, SharedJudgement>();
  for (const { key, isNext, accepted, reason } of verdicts) {
    const taken = accepted && isNext;
    const judgement: Judgement = taken
      ? { kind: runsIn.includes(key) ? 'upToDate' : 'next' }
      : { kind: 'passedOver', reason };
    const environment =
      applications.find(
        other => other.key === key && other.repository === repository,
      )?.environment ?? key;
    const words = JSON.stringify(judgement);
    const group = groups.get(words) ?? { judgement, environments: [] };
    group.environments.push(environment);
    groups.set(words, group);
  }
  const all = [...groups.values()];
  return all.length === 1 ? [{ ...all[0], environments: [] }] : all;
}

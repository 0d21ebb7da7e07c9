import type { Promotion } from '@landfall/backstage-plugin-delivery-common';
import type { Known } from './PartialObserver';
import { Comparison } from './Comparison';
import { describe } from './describe';

/**
 * Compares what two portals know about one application. One of them saw
 * everything; the other may have missed some time. Both know the final state.
 * Returns, in words, the differences that missing that time doesn't excuse.
 *
 * The following must be equal:
 *
 * - **The promotions**, one for one, by version and by their entry in Argo CD's
 *   history. None is lost, duplicated or invented.
 * - **Their content**: the outcome; whether it is a rollback; version and
 *   digest; what ran before; what replaced it and when; every stage that was
 *   reached; every time that a source reported; the sync with its entry,
 *   revisions, times and initiator; and the commit, if it is the exact one.
 * - **Order**: no time of a promotion is before that of an earlier stage, and
 *   no observed time is before the true one. One version is live.
 *
 * Some facts can't be known afterwards. The disturbed portal may therefore
 * lack:
 *
 * - that a version got healthy before another one replaced it. It then also
 *   lacks when the version replaced the previous one and when it ended. It may
 *   also lack that the version was Degraded for a while;
 * - the commit of a version, if Argo CD's history has another revision, for
 *   example because the branch moved on before it was synced. A later revision
 *   that contains the change may then take its place, marked as such;
 * - the sync of a version, if the history doesn't reveal which version it
 *   brought: the entry is of another application's commit, and has no
 *   parameters;
 * - that a version ran twice, if nothing was seen healthy in between. As far as
 *   anybody saw, it then never stopped being live, and its health may be that
 *   of either rollout. Conversely, it may lack that the version continued when
 *   it was put back;
 * - how a version ended, if the portal didn't see that it or the next one got
 *   healthy;
 * - that a version was synced and rolled back, if the history doesn't reveal
 *   which version it brought. For all that can be known, it is then still
 *   pending;
 * - for an application that is gone: what happened after the portal last saw
 *   it, what was in revisions that could no longer be requested, and pushes
 *   that no event reported.
 *
 * Times that were only observed may differ. The text of a failure may differ,
 * too, because it is the text at the time of the observation. The time of a
 * push may be in whole seconds: the registry's events have no higher precision,
 * and they are used if the registry can't be read. Stages in the second of that
 * push may then differ within it, since no stage is before its push.
 */
export function compareApplication(
  name: string,
  reference: Known,
  disturbed: Known,
): string[] {
  const differences: string[] = [];
  if (reference.gone !== disturbed.gone) {
    differences.push(
      `${name} is ${disturbed.gone ? '' : 'not '}gone for the disturbed portal`,
    );
  }
  const repositories = new Set(
    [...reference.promotions, ...disturbed.promotions].map(
      ({ repository }) => repository,
    ),
  );
  for (const repository of repositories) {
    const of = (known: Known) =>
      known.promotions
        .filter(promotion => promotion.repository === repository)
        .sort(byStart);
    const expected = of(reference);
    const found = of(disturbed);
    const compared = new Comparison(expected, found, disturbed).differences();
    if (compared.length > 0) {
      differences.push(
        `${name}, ${repository}:`,
        ...compared.map(line => `  * ${line}`),
        ...expected.map(promotion => `  - ${describe(promotion)}`),
        ...found.map(promotion => `  + ${describe(promotion)}`),
      );
    }
  }
  return differences;
}

function byStart(a: Promotion, b: Promotion): number {
  return (
    startOf(a).localeCompare(startOf(b)) ||
    (a.sync?.historyId ?? 0) - (b.sync?.historyId ?? 0) ||
    (a.id < b.id ? -1 : 1)
  );
}

/**
 * Sorts synced promotions in the order of the history, regardless of their
 * other times.
 */
function startOf({ sync, stages }: Promotion): string {
  return (
    (sync?.finishedAt && stages.synced?.at) ||
    (stages.committed ?? stages.pushed ?? { at: '' }).at
  );
}

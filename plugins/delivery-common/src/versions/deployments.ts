import type { Promotion } from '../model/promotion';
import type { VersionStay } from './types';

/**
 * A time in which an application had a version, by one of its promotions.
 *
 * @internal
 */
export interface Deployment extends VersionStay {
  promotion: string;
  /** It lasts. */
  isOpen: boolean;
  /** It is not known whether the version was ever healthy. */
  isWeak: boolean;
}

/** @internal */
export interface CurrentVersion {
  /** Id of the promotion of the running version, if it is well. */
  running?: string;
  /** When a version that isn't well took the place of the live one; ISO 8601. */
  replacedAt?: string;
}

/**
 * When an application had its versions. At most one deployment lasts, that of the
 * running version, and no two overlap: where their times do, because a rollout has
 * no single moment, the earlier one ends as the later one begins.
 *
 * @internal
 * @param promotions - of one application and one repository
 */
export function deploymentsOf(
  promotions: readonly Promotion[],
  current: CurrentVersion,
): Map<string, Deployment> {
  const found = promotions
    .flatMap(promotion => toDeployment(promotion, current))
    .sort(
      (a, b) =>
        compareText(a.from ?? '', b.from ?? '') ||
        Number(a.isOpen) - Number(b.isOpen) ||
        compareText(a.promotion, b.promotion),
    );
  const strong = found.filter(({ isWeak }) => !isWeak);
  const known = found.map(deployment =>
    isWithinAnother(deployment, strong)
      ? { ...deployment, from: undefined }
      : deployment,
  );
  const dated = known.filter(({ from }) => from !== undefined);
  return new Map(
    known.map(deployment => {
      const next = dated[dated.indexOf(deployment) + 1];
      return [
        deployment.promotion,
        deployment.from !== undefined && next
          ? endedBy(deployment, next)
          : deployment,
      ];
    }),
  );
}

/** None for a promotion that is under way, has failed, or was never deployed. */
function toDeployment(
  { id, outcome, outcomeAt, stages }: Promotion,
  { running, replacedAt }: CurrentVersion,
): Deployment[] {
  const from = (stages.healthy ?? stages.synced)?.at;
  const isOpen = id === running;
  const isWeak = !isOpen && !stages.healthy && outcome !== 'live';
  if (
    !outcome ||
    outcome === 'failed' ||
    (from === undefined && !isOpen && outcome !== 'live')
  ) {
    return [];
  }
  const endedAt = outcome === 'live' ? replacedAt : outcomeAt?.at;
  const to = isOpen ? undefined : endedAt;
  return [
    {
      promotion: id,
      ...(from !== undefined && { from }),
      ...(to !== undefined && {
        to: from !== undefined && to < from ? from : to,
      }),
      isOpen,
      isWeak,
    },
  ];
}

/**
 * Whether a deployment can't have had the application for itself: another version
 * lasts since before, or was healthy at the same time while this one never was.
 */
function isWithinAnother(
  deployment: Deployment,
  strong: readonly Deployment[],
): boolean {
  const { from, to, isOpen, isWeak } = deployment;
  return (
    from !== undefined &&
    !isOpen &&
    strong.some(
      other =>
        other !== deployment &&
        other.from !== undefined &&
        (isWeak || other.isOpen) &&
        (other.from < from || (isWeak && other.from < (to ?? from))) &&
        (other.isOpen || (other.to !== undefined && other.to > from)),
    )
  );
}

function endedBy(deployment: Deployment, next: Deployment): Deployment {
  const { to } = deployment;
  return to !== undefined && next.from !== undefined && to <= next.from
    ? deployment
    : { ...deployment, to: next.from, isOpen: false };
}

/** @internal */
export function compareText(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}

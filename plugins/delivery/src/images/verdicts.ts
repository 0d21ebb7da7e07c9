import type {
  AnyMessage,
  ImageApplication,
  ImageItem,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * The updater's verdict on an image for an application.
 *
 * - `runs`: it is selected, and runs.
 * - `next`: the next cycle selects it.
 * - `same-tag`: its tag runs already with another digest, which isn't followed.
 * - `not-enabled`: it would be set if an ImageUpdater enabled the annotations.
 * - `not-live`: it would be set if the application ran the image at all.
 * - `passed-over`: another one is set instead, or it isn't allowed.
 *
 * @internal
 */
export type VerdictKind =
  | 'runs'
  | 'next'
  | 'same-tag'
  | 'not-enabled'
  | 'not-live'
  | 'passed-over';

/** @internal */
export interface VerdictGroup {
  kind: VerdictKind;
  /** Why the version is rejected. */
  reason?: AnyMessage;
  /** The applications with this verdict. Empty: all that have a policy. */
  applications: ImageApplication[];
}

/**
 * The updater's verdicts on an image, with the applications grouped by verdict.
 *
 * @internal
 */
export function verdictGroups(
  item: ImageItem,
  applications: readonly ImageApplication[],
): VerdictGroup[] {
  const groups = new Map<string, VerdictGroup>();
  for (const application of applicationsOf(item, applications)) {
    const verdict = item.verdicts.find(({ key }) => key === application.key);
    if (verdict) {
      const kind = !(verdict.accepted && verdict.isNext)
        ? 'passed-over'
        : kindOfNext(item, application);
      const reason = kind === 'passed-over' ? verdict.reason : undefined;
      const id = JSON.stringify([kind, reason]);
      const group: VerdictGroup = groups.get(id) ?? {
        kind,
        ...(reason && { reason }),
        applications: [],
      };
      group.applications.push(application);
      groups.set(id, group);
    }
  }
  const all = [...groups.values()];
  return all.length === 1
    ? all.map(group => ({ ...group, applications: [] }))
    : all;
}

/** The applications that run an image. @internal */
export function runningIn(
  item: ImageItem,
  applications: readonly ImageApplication[],
): ImageApplication[] {
  return applicationsOf(item, applications).filter(({ key }) =>
    item.runsIn.includes(key),
  );
}

function applicationsOf(
  { repository }: ImageItem,
  applications: readonly ImageApplication[],
) {
  return applications.filter(
    application => application.repository === repository,
  );
}

function kindOfNext(
  { runsIn }: ImageItem,
  { key, state, next }: ImageApplication,
): VerdictKind {
  if (runsIn.includes(key)) {
    return 'runs';
  }
  switch (next?.outcome) {
    case 'not-live':
      return 'not-live';
    case 'up-to-date':
      return 'same-tag';
    default:
      return state === 'managed' ? 'next' : 'not-enabled';
  }
}

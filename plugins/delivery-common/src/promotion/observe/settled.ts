import type { Application } from '../../model/application';
import { finishedHistory } from '../history';
import { isAssessedSinceOperation } from '../operations';
import type { PromotionDraft } from '../PromotionDraft';

/**
 * How long an application must be Synced and Healthy before everything that it
 * contains counts as applied. The pods of resources that Argo CD can't assess
 * take a while to appear.
 */
const SETTLED_MS = 600_000;

/**
 * Remembers which evidence is synced: what had been observed for a while when
 * Argo CD last compared the application, and had called it Synced and Healthy
 * for a while. A version that nothing applied by then isn't pending any more.
 *
 * @internal
 */
export function recordSettled(
  draft: PromotionDraft,
  application: Application,
): void {
  const { revisions, versions, settled } = draft.memory;
  const comparedAt = Date.parse(application.reconciledAt ?? '');
  const position = [...revisions, ...versions]
    .filter(({ at }) => comparedAt - Date.parse(at) >= SETTLED_MS)
    .reduce((latest, item) => Math.max(latest, item.position), 0);
  if (position > (settled?.position ?? 0) && isSettled(application)) {
    const at =
      finishedHistory(application).at(-1)?.deployedAt ??
      application.reconciledAt;
    if (at !== undefined) {
      draft.memory = { ...draft.memory, settled: { position, at } };
    }
  }
}

function isSettled(application: Application): boolean {
  const { sync, health, operation, reconciledAt = '' } = application;
  const since = [
    finishedHistory(application).at(-1)?.deployedAt,
    operation?.finishedAt,
    health.lastTransitionTime,
  ].flatMap(time => (time === undefined ? [] : Date.parse(time)));
  return (
    sync.status === 'Synced' &&
    health.status === 'Healthy' &&
    (!operation || operation.phase === 'Succeeded') &&
    isAssessedSinceOperation(application) &&
    since.length > 0 &&
    Date.parse(reconciledAt) - Math.max(...since) >= SETTLED_MS
  );
}

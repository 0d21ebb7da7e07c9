import type { Translate } from '../translation';
import type { WorkloadProgress } from './conditionRows';

/**
 * How far workloads are: `1 of 3 pods ready`; with their names if there are
 * several. Empty if it is unknown.
 *
 * @internal
 */
export function progressWords(
  progress: readonly WorkloadProgress[],
  t: Translate,
): string {
  return progress
    .map(each =>
      progress.length === 1
        ? stepWords(each, t)
        : t('card.progress.workload', {
            workload: each.workload,
            progress: stepWords(each, t),
          }),
    )
    .join(', ');
}

function stepWords({ step, pods, of }: WorkloadProgress, t: Translate): string {
  const counts = { pods: String(pods) };
  switch (step) {
    case 'updated':
      return of === undefined
        ? t('card.progress.updatedOnly', counts)
        : t('card.progress.updated', { ...counts, of: String(of) });
    case 'available':
      return t('card.progress.available', { ...counts, of: String(of ?? '') });
    case 'unready':
      return t('card.progress.unready', counts);
    default:
      return t('card.progress.ending', counts);
  }
}

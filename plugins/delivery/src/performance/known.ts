import type {
  PerformanceBucket,
  PerformanceResponse,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * The day from which figures are known: before it, nothing was watched, or it is
 * deleted. Undefined if there is no such day.
 *
 * @internal
 */
export function knownSince({
  watchedSince,
  keptSince,
}: Pick<PerformanceResponse, 'watchedSince' | 'keptSince'>):
  | string
  | undefined {
  return [watchedSince?.slice(0, 10), keptSince]
    .flatMap(day => day ?? [])
    .sort()
    .at(-1);
}

/**
 * Whether anything can be known of a part of the period.
 *
 * @internal
 */
export function isKnown(
  { to }: Pick<PerformanceBucket, 'to'>,
  since: string | undefined,
): boolean {
  return since === undefined || to >= since;
}

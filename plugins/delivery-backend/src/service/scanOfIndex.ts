import type { ImageScan } from '@landfall/backstage-plugin-delivery-common';

/**
 * Merges the scans of an index's images. For each severity, it counts as many
 * findings as the worst image has, since images of several platforms mostly have
 * the same ones. Its time is that of the latest finished scan; the rest comes from
 * the first finished scan. If none has finished, returns the first scan.
 *
 * @internal
 */
export function scanOfIndex(
  scans: readonly (ImageScan | undefined)[],
): ImageScan | undefined {
  const known = scans.flatMap(scan => scan ?? []);
  const ended = known.filter(({ severities }) => severities);
  const [first] = ended.length > 0 ? ended : known;
  if (!first || ended.length === 0) {
    return first;
  }
  const worst = new Map<string, number>();
  for (const { severities = {} } of ended) {
    for (const [severity, count] of Object.entries(severities)) {
      worst.set(severity, Math.max(count, worst.get(severity) ?? 0));
    }
  }
  const at = ended
    .flatMap(scan => scan.at ?? [])
    .sort()
    .at(-1);
  return {
    ...first,
    ...(at && { at }),
    severities: Object.fromEntries(
      [...worst].sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}

import type {
  ImageItem,
  ImageScan,
} from '@landfall/backstage-plugin-delivery-common';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];

/** Most severe first, as registries list them. */
const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'];

/** A size in decimal units, as registries report it. @internal */
export function formatSize(bytes: number | undefined): string {
  if (bytes === undefined) {
    return '';
  }
  const magnitude = Math.floor(Math.log10(Math.max(bytes, 1)) / 3);
  const step = Math.min(magnitude, UNITS.length - 1);
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit: UNITS[step],
    maximumSignificantDigits: 3,
  }).format(bytes / 1000 ** step);
}

/**
 * A scan's findings, most severe first: `1 critical, 2 high`. If there are none
 * or the scan isn't finished: the scan's status.
 *
 * @internal
 */
export function formatScan(scan: ImageScan | undefined): string {
  const found = Object.entries(scan?.severities ?? {})
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => placeOf(a) - placeOf(b))
    .map(([severity, count]) => `${count} ${severity.toLowerCase()}`);
  return found.length > 0
    ? found.join(', ')
    : scan?.status.toLowerCase().replace(/_/g, ' ') ?? '';
}

/**
 * The known platforms of an image.
 *
 * @internal
 */
export function formatPlatforms({
  builds,
  children,
}: Pick<ImageItem, 'builds' | 'children'>): string {
  const platforms = (children ?? builds ?? []).flatMap(
    ({ platform }) => platform ?? [],
  );
  return [...new Set(platforms)].join(', ');
}

function placeOf(severity: string): number {
  const place = SEVERITIES.indexOf(severity);
  return place < 0 ? SEVERITIES.length : place;
}

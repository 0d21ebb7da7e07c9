import type {
  ImageItem,
  ImageScan,
} from '@landfall/backstage-plugin-delivery-common';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];

/** Most severe first, as registries list them. */
const SEVERITIES = [
  'CRITICAL',
  'HIGH',
  'MEDIUM',
  'LOW',
  'INFORMATIONAL',
] as const;

/** A size in decimal units, as registries report it. @internal */
export function formatSize(bytes: number | undefined, locale?: string): string {
  if (bytes === undefined) {
    return '';
  }
  const magnitude = Math.floor(Math.log10(Math.max(bytes, 1)) / 3);
  const step = Math.min(magnitude, UNITS.length - 1);
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[step],
    // The short form of bytes is "510 byte".
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumSignificantDigits: 3,
  }).format(bytes / 1000 ** step);
}

/**
 * What a registry's scan found.
 *
 * - `found`: with how many of each severity, most severe first.
 * - `none`: the scan ended and found nothing.
 * - `other`: a status that isn't known here, in the registry's words.
 *
 * @internal
 */
export type Findings =
  | { kind: 'found'; severities: { severity: string; amount: number }[] }
  | {
      kind:
        | 'none'
        | 'pending'
        | 'failed'
        | 'unsupported'
        | 'expired'
        | 'unavailable'
        | 'not-scanned';
    }
  | { kind: 'other'; status: string };

const STATUSES: Record<string, Exclude<Findings['kind'], 'found' | 'other'>> = {
  IN_PROGRESS: 'pending',
  PENDING: 'pending',
  FAILED: 'failed',
  UNSUPPORTED_IMAGE: 'unsupported',
  SCAN_ELIGIBILITY_EXPIRED: 'expired',
  FINDINGS_UNAVAILABLE: 'unavailable',
  // The scan ended, but what it found isn't known.
  COMPLETE: 'unavailable',
  ACTIVE: 'unavailable',
};

/**
 * What is known of an image's vulnerabilities.
 *
 * @internal
 */
export function findingsOf(scan: ImageScan | undefined): Findings {
  if (!scan) {
    return { kind: 'not-scanned' };
  }
  const { status, severities } = scan;
  if (severities) {
    const found = Object.entries(severities)
      .filter(([, amount]) => amount > 0)
      .sort(([a], [b]) => placeOf(a) - placeOf(b))
      .map(([severity, amount]) => ({ severity, amount }));
    return found.length > 0
      ? { kind: 'found', severities: found }
      : { kind: 'none' };
  }
  return Object.hasOwn(STATUSES, status)
    ? { kind: STATUSES[status] }
    : { kind: 'other', status: status.toLowerCase().replace(/_/g, ' ') };
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
  const place = SEVERITIES.findIndex(each => each === severity);
  return place < 0 ? SEVERITIES.length : place;
}

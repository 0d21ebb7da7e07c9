import type {
  ImageItem,
  ImageScan,
} from '@landfall/backstage-plugin-delivery-common';
import type { Translate } from '../translation';

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

/** Also those of Amazon Inspector. */
const NAMED = ['UNTRIAGED', 'UNDEFINED'] as const;

/** The statuses of Amazon ECR that aren't shown by findings. */
const STATUSES = {
  IN_PROGRESS: 'scan.running',
  PENDING: 'scan.running',
  FAILED: 'scan.failed',
  UNSUPPORTED_IMAGE: 'scan.unsupported',
  SCAN_ELIGIBILITY_EXPIRED: 'scan.expired',
} as const;

/**
 * What a scan found, most severe first: `1 critical, 2 high`, or `no findings`. If
 * it isn't finished, how far it is.
 *
 * @internal
 */
export function formatScan(scan: ImageScan, t: Translate): string {
  const { status, severities } = scan;
  const found = Object.entries(severities ?? {})
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => placeOf(a) - placeOf(b))
    .map(([severity, count]) =>
      t('scan.severity', {
        total: String(count),
        severity: severityWord(severity, t),
      }),
    );
  if (found.length > 0) {
    return found.join(', ');
  }
  if (status === 'COMPLETE' || status === 'ACTIVE') {
    return t(severities ? 'scan.none' : 'scan.unreported');
  }
  return isKeyOf(STATUSES, status)
    ? t(STATUSES[status])
    : status.toLowerCase().replace(/_/g, ' ');
}

function severityWord(severity: string, t: Translate): string {
  const known = [...SEVERITIES, ...NAMED].find(each => each === severity);
  return known ? t(`scan.severities.${known}`) : severity.toLowerCase();
}

function isKeyOf<T extends object>(
  object: T,
  key: PropertyKey,
): key is keyof T {
  return Object.hasOwn(object, key);
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

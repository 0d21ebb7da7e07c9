import { useTranslationRef } from '@backstage/frontend-plugin-api';
import BlockIcon from '@material-ui/icons/Block';
import CheckCircleIcon from '@material-ui/icons/CheckCircleOutline';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import HelpIcon from '@material-ui/icons/HelpOutline';
import InfoIcon from '@material-ui/icons/InfoOutlined';
import TimelapseIcon from '@material-ui/icons/Timelapse';
import WarningIcon from '@material-ui/icons/ReportProblemOutlined';
import type { ImageScan } from '@landfall/backstage-plugin-delivery-common';
import type { ComponentProps } from 'react';
import { StatusLabel } from '../components/status';
import { deliveryTranslationRef } from '../translation';
import { findingsOf, type Findings as Found } from './details';

type Look = Pick<ComponentProps<typeof StatusLabel>, 'icon' | 'tone'>;

const LOOKS: Record<Exclude<Found['kind'], 'found'>, Look> = {
  none: { icon: CheckCircleIcon, tone: 'good' },
  pending: { icon: TimelapseIcon, tone: 'busy' },
  failed: { icon: ErrorIcon, tone: 'bad' },
  unsupported: { icon: BlockIcon, tone: 'neutral' },
  expired: { icon: BlockIcon, tone: 'neutral' },
  unavailable: { icon: HelpIcon, tone: 'neutral' },
  'not-scanned': { icon: HelpIcon, tone: 'neutral' },
  other: { icon: HelpIcon, tone: 'neutral' },
};

/** By the most severe finding. */
const SEVERITY_LOOKS = new Map<string, Look>([
  ['CRITICAL', { icon: ErrorIcon, tone: 'bad' }],
  ['HIGH', { icon: WarningIcon, tone: 'warning' }],
]);

const OTHER_SEVERITY: Look = { icon: InfoIcon, tone: 'neutral' };

/**
 * The vulnerabilities that a registry found in an image, by severity; or why none
 * are known.
 *
 * @internal
 */
export function Findings({ scan }: { scan: ImageScan | undefined }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const found = findingsOf(scan);
  const wordOf = (severity: string, amount: string) => {
    switch (severity) {
      case 'CRITICAL':
      case 'HIGH':
      case 'MEDIUM':
      case 'LOW':
      case 'INFORMATIONAL':
      case 'UNDEFINED':
        return t(`images.severity.${severity}`, { amount });
      default:
        return t('images.severity.other', {
          amount,
          severity: severity.toLowerCase(),
        });
    }
  };
  if (found.kind === 'found') {
    const [{ severity: worst }] = found.severities;
    return (
      <StatusLabel
        {...(SEVERITY_LOOKS.get(worst) ?? OTHER_SEVERITY)}
        word={found.severities
          .map(({ severity, amount }) => wordOf(severity, String(amount)))
          .join(', ')}
        detail={scan?.description}
        wrap
      />
    );
  }
  const word =
    found.kind === 'other'
      ? t('images.scan.other', { status: found.status })
      : t(
          `images.scan.${
            found.kind === 'not-scanned' ? 'notScanned' : found.kind
          }`,
        );
  return (
    <StatusLabel
      {...LOOKS[found.kind]}
      word={word}
      detail={scan?.description}
      wrap
    />
  );
}

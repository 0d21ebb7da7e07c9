import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  LeftOutReason,
  PerformanceResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { TruncatedNote } from '../components/TruncatedNote';
import { deliveryTranslationRef } from '../translation';
import { knownSince } from './known';
import type { Formats } from './useFormats';

/** In the order in which they are listed. */
const REASONS: LeftOutReason[] = [
  'before-watch',
  'repeated',
  'unconfirmed',
  'under-way',
  'no-push-time',
  'no-stage-times',
  'no-failure-time',
  'not-restored',
];

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(0.5) },
  }),
  { name: 'LandfallPerformanceNotes' },
);

/** What the figures don't say: what was left out, and why. @internal */
export function PerformanceNotes(props: {
  response: PerformanceResponse;
  formats: Formats;
}) {
  const { response, formats } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { leftOut, observed } = response.current;
  const since = knownSince(response);
  const reasons = REASONS.flatMap(reason => {
    const total = leftOut[reason] ?? 0;
    return total > 0
      ? [
          t('performance.notes.reason', {
            reason: t(`performance.leftOut.${reason}`),
            total: formats.number(total),
          }),
        ]
      : [];
  });
  const notes = [
    ...(since !== undefined && since > response.from
      ? [t('performance.notes.knownSince', { day: formats.day(since) })]
      : []),
    ...(reasons.length > 0
      ? [t('performance.notes.leftOut', { reasons: reasons.join('; ') })]
      : []),
    ...(observed > 0
      ? [
          t('performance.notes.observed', {
            versions: formats.number(observed),
          }),
        ]
      : []),
    t('performance.notes.utc'),
  ];
  return (
    <div className={useStyles().root}>
      <TruncatedNote truncated={response.truncated} />
      {notes.map(note => (
        <Typography
          key={note}
          variant="caption"
          component="p"
          color="textSecondary"
        >
          {note}
        </Typography>
      ))}
    </div>
  );
}

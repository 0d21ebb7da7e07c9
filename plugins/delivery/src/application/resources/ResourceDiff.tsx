import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import BackIcon from '@material-ui/icons/ArrowBack';
import type {
  ApplicationDiff,
  ApplicationDiffRequest,
} from '@landfall/backstage-plugin-delivery-common';
import { useEffect, useRef } from 'react';
import { deliveryTranslationRef } from '../../translation';
import { LivePart, UpstreamError } from '../LivePart';
import { useApplicationDiff, type ApplicationProps } from '../useApplication';
import { DiffLines } from './DiffLines';

const MESSAGES = {
  same: 'application.diff.same',
  missing: 'application.diff.missing',
  extra: 'application.diff.extra',
  'too-large': 'application.diff.tooLarge',
} as const;

const useStyles = makeStyles(
  theme => ({
    title: { margin: theme.spacing(1, 0), overflowWrap: 'anywhere' },
  }),
  { name: 'LandfallResourceDiff' },
);

/** How a resource differs from what a sync would make of it. @internal */
export function ResourceDiff(
  props: ApplicationProps & {
    resource: ApplicationDiffRequest;
    onBack(): void;
  },
) {
  const { resource, onBack, ...application } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const back = useRef<HTMLButtonElement>(null);
  const read = useApplicationDiff(application, resource);
  // The tree that had the focus is gone.
  useEffect(() => back.current?.focus(), []);
  return (
    <>
      <Button
        ref={back}
        size="small"
        startIcon={<BackIcon />}
        // It gets the focus before its ripple is there.
        disableFocusRipple
        onClick={onBack}
      >
        {t('application.diff.back')}
      </Button>
      <Typography variant="subtitle1" component="h3" className={classes.title}>
        {t('application.diff.title', {
          resource: `${resource.kind} ${resource.name}`,
          interpolation: { escapeValue: false },
        })}
      </Typography>
      <LivePart
        read={read}
        application={application.application.name}
        loading={t('application.diff.loading')}
      >
        {diff =>
          diff.error ? (
            <UpstreamError
              part="diff"
              error={diff.error}
              onRetry={read.refresh}
            />
          ) : (
            <Comparison diff={diff} />
          )
        }
      </LivePart>
    </>
  );
}

function Comparison({ diff }: { diff: ApplicationDiff }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { state, hunks } = diff;
  return (
    <>
      {state && state !== 'different' && (
        <Typography variant="body2">{t(MESSAGES[state])}</Typography>
      )}
      {hunks.length > 0 && <DiffLines hunks={hunks} />}
    </>
  );
}

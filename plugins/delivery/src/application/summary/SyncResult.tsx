import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import type { ApplicationSyncResult } from '@landfall/backstage-plugin-delivery-common';
import { useId } from 'react';
import { useImageStyles } from '../../images/styles';
import { deliveryTranslationRef } from '../../translation';
import { LivePart, UpstreamError } from '../LivePart';
import {
  useApplicationResources,
  type ApplicationProps,
} from '../useApplication';

const GOOD = ['Synced', 'Pruned', 'PruneSkipped', undefined];
const GOOD_HOOK = ['Succeeded', 'Running', undefined];

/** What the last sync did with each resource, failures first. @internal */
export function SyncResult(props: ApplicationProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const titleId = useId();
  const read = useApplicationResources(props);
  return (
    <section aria-labelledby={titleId}>
      <Typography id={titleId} variant="subtitle1" component="h3">
        {t('application.syncResult.title')}
      </Typography>
      <LivePart
        read={read}
        application={props.application.name}
        loading={t('application.syncResult.loading')}
      >
        {({ syncResult, problems }) => {
          const problem = problems.find(({ part }) => part === 'sync');
          if (problem) {
            return (
              <UpstreamError
                part="sync"
                error={problem.error}
                onRetry={read.refresh}
              />
            );
          }
          return syncResult?.length ? (
            <ResultTable labelledBy={titleId} results={syncResult} />
          ) : (
            <Typography variant="body2" color="textSecondary">
              {t('application.syncResult.empty')}
            </Typography>
          );
        }}
      </LivePart>
    </section>
  );
}

function ResultTable(props: {
  labelledBy: string;
  results: readonly ApplicationSyncResult[];
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useImageStyles();
  const results = [...props.results].sort(
    (a, b) => Number(isGood(a)) - Number(isGood(b)),
  );
  return (
    // Focusable, so that it can be scrolled by keyboard.
    <TableContainer tabIndex={0}>
      <Table
        size="small"
        className={classes.table}
        aria-labelledby={props.labelledBy}
      >
        <TableHead>
          <TableRow>
            <TableCell>{t('application.syncResult.resource')}</TableCell>
            <TableCell>{t('application.syncResult.status')}</TableCell>
            <TableCell>{t('application.syncResult.message')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {results.map((result, index) => {
            const { kind, name, hookType, hookPhase, message } = result;
            const status = hookPhase ?? result.status;
            return (
              <TableRow key={`${index} ${kind} ${name}`}>
                <TableCell>
                  {kind} <strong className={classes.code}>{name}</strong>
                </TableCell>
                <TableCell className={classes.nowrap}>
                  {[hookType, status].filter(Boolean).join(': ')}
                </TableCell>
                <TableCell>{message}</TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function isGood({ status, hookPhase }: ApplicationSyncResult): boolean {
  return GOOD.includes(status) && GOOD_HOOK.includes(hookPhase);
}

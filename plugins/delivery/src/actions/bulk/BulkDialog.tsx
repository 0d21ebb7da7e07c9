import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import type { DescribedActionRefusal } from '@landfall/backstage-plugin-delivery-common';
import { useId, useState } from 'react';
import { formatApplication } from '../../application/applicationParam';
import { SelectField } from '../../components/SelectField';
import { deliveryTranslationRef } from '../../translation';
import { ReasonField } from '../dialogs/ReasonField';
import { ViaChoice } from '../versions/ViaChoice';
import { PreviewView } from '../versions/PreviewView';
import { usePreview, type PreviewState } from '../versions/usePreview';
import { BulkRow } from './BulkRow';
import { BulkVersion } from './BulkVersion';
import {
  environmentsOf,
  environmentsWith,
  targetsIn,
  MAX_TARGETS,
} from './targets';
import type { BulkService } from './targets';
import { useBulkAttempts } from './useBulkAttempts';
import { useCommonVersions } from './useCommonVersions';
import { useJudged, type Judged } from './useJudged';

/** What can be done with several services at once. */
const ACTIONS = ['refresh', 'sync', 'promote'] as const;
type BulkAction = (typeof ACTIONS)[number];

const ALL = '';

const useStyles = makeStyles(
  theme => ({
    content: {
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(1.5),
      paddingBottom: theme.spacing(2),
    },
    fields: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1.5) },
    list: { listStyle: 'none', margin: 0, padding: 0 },
  }),
  { name: 'LandfallBulkDialog' },
);

/**
 * Does one thing with the applications of several services: each is judged on its own,
 * before and when it is confirmed, and each has its own result.
 *
 * @internal
 */
export function BulkDialog(props: {
  services: readonly BulkService[];
  /** The page's environments, in their order. */
  environments: readonly string[];
  onClose(): void;
}) {
  const { services, onClose } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const titleId = useId();
  const isNarrow = useMediaQuery(useTheme().breakpoints.down('xs'));
  const environments = environmentsOf(services, props.environments);
  const [action, setAction] = useState<BulkAction>('refresh');
  const [environment, setEnvironment] = useState(environments.at(0) ?? ALL);
  const [tag, setTag] = useState('');
  const [via, setVia] = useState<'request' | 'commit'>('request');
  const [reason, setReason] = useState('');
  const { targets, isCut } = targetsIn(services, environment || undefined);
  const judged = useJudged(targets);
  const allowed = targets.filter(target =>
    isAllowed(judged.get(formatApplication(target.application)), action),
  );
  const images = allowed.flatMap(target => {
    const { repository } =
      judged.get(formatApplication(target.application)) ?? {};
    return repository ? [{ ...target, repository }] : [];
  });
  const isJudged = targets.every(({ application }) =>
    judged.has(formatApplication(application)),
  );
  const known = useCommonVersions(
    action === 'promote' && isJudged ? images : undefined,
  );
  const version = tag.trim();
  const previewed = usePreview(
    action === 'promote' && version && images.length > 0
      ? { action: 'promote', via, tag: version, targets: images }
      : undefined,
  );
  const refusals = refusalsOf(action === 'promote' ? previewed : {});
  const ready = allowed.filter(
    ({ application }) => !refusals.has(formatApplication(application)),
  );
  const attempts = useBulkAttempts();
  const isStarted = attempts.size > 0;
  const canConfirm =
    ready.length > 0 &&
    (action !== 'promote' ||
      (!previewed.isReading && previewed.preview !== undefined));
  const onConfirm = () => {
    const why = reason.trim() || undefined;
    if (action === 'promote') {
      const { request } = previewed;
      if (request) {
        const items = request.items.filter(
          ({ application }) => !refusals.has(formatApplication(application)),
        );
        attempts.startVersionChange(ready, { ...request, items }, why);
      }
      return;
    }
    attempts.startEach(ready, action, why, target => {
      const key = formatApplication(target.application);
      return judged.get(key)?.available?.actionKey ?? '';
    });
  };
  return (
    <Dialog
      open
      fullWidth
      fullScreen={isNarrow}
      maxWidth="md"
      onClose={onClose}
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>
        {services.length === 1
          ? t('action.bulk.oneTitle')
          : t('action.bulk.title', { total: String(services.length) })}
      </DialogTitle>
      <DialogContent className={classes.content}>
        {!isStarted && (
          <div className={classes.fields}>
            <SelectField<BulkAction>
              label={t('action.bulk.action')}
              value={action}
              options={ACTIONS.map(value => ({
                value,
                text: t(`action.name.${value}`),
              }))}
              onChange={setAction}
            />
            <SelectField
              label={t('action.bulk.environment')}
              value={environment}
              options={[...environments, ALL].map(value => ({
                value,
                text: value || t('action.bulk.anyEnvironment'),
              }))}
              onChange={setEnvironment}
            />
            {action === 'promote' && (
              <BulkVersion
                known={known}
                runsIn={one => environmentsWith(services, one)}
                value={tag}
                onChange={setTag}
              />
            )}
          </div>
        )}
        {!isStarted && action === 'promote' && (
          <ViaChoice value={via} onChange={setVia} />
        )}
        <Typography variant="body2">
          {targets.length === 0
            ? t('action.bulk.none')
            : t('action.bulk.count', { total: String(targets.length) })}
        </Typography>
        {isCut && (
          <Typography variant="body2">
            {t('action.bulk.tooMany', { max: String(MAX_TARGETS) })}
          </Typography>
        )}
        <ul className={classes.list} aria-label={t('action.bulk.preview')}>
          {targets.map(target => {
            const key = formatApplication(target.application);
            return (
              <BulkRow
                key={key}
                target={target}
                action={action}
                judged={judged.get(key)}
                refusal={refusals.get(key)}
                attempt={attempts.of(target)}
              />
            );
          })}
        </ul>
        {!isStarted && action === 'promote' && targets[0] && (
          <PreviewView target={targets[0]} state={previewed} />
        )}
        {!isStarted && <ReasonField value={reason} onChange={setReason} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>
          {t(isStarted ? 'action.close' : 'action.cancel')}
        </Button>
        {!isStarted && (
          <Button
            variant="contained"
            color="primary"
            disabled={!canConfirm}
            onClick={onConfirm}
          >
            {t('action.bulk.confirm', { total: String(ready.length) })}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

/** What the preview refuses, by `formatApplication`. The others go on without it. */
function refusalsOf({
  preview,
}: Pick<PreviewState, 'preview'>): ReadonlyMap<string, DescribedActionRefusal> {
  return new Map(
    (preview?.items ?? []).flatMap(
      ({ application, refusal }): [string, DescribedActionRefusal][] =>
        refusal ? [[formatApplication(application), refusal]] : [],
    ),
  );
}

function isAllowed(judged: Judged | undefined, action: BulkAction): boolean {
  return (
    judged?.available?.items.some(
      item => item.action === action && item.allowed,
    ) === true &&
    (action !== 'promote' || judged.repository !== undefined)
  );
}

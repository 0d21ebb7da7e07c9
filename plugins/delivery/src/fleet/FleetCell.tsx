import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  inTopic,
  stuckMessage,
} from '@landfall/backstage-plugin-delivery-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { GREYED, useRowStyles } from '../components/rowStyles';
import { HealthStatusLabel } from '../components/status';
import { RelativeTime } from '../components/time';
import { deliveryTranslationRef, useMessageFormat } from '../translation';
import { FleetStateLabel } from './FleetStateLabel';
import type { FleetCellItem } from './rows';

const useStyles = makeStyles(
  theme => ({
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      columnGap: theme.spacing(1),
      alignItems: 'center',
    },
    stale: { color: theme.palette.text.secondary, ...GREYED },
    reason: {
      display: '-webkit-box',
      overflow: 'hidden',
      overflowWrap: 'anywhere',
      '-webkit-line-clamp': 2,
      '-webkit-box-orient': 'vertical',
      '&:hover, &:focus': { display: 'block' },
    },
  }),
  { name: 'LandfallFleetCell' },
);

/**
 * The most urgent application of a service in one environment, and how many there
 * are besides.
 *
 * @internal
 */
export function FleetCell({ items }: { items: readonly FleetCellItem[] }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const row = useRowStyles();
  const classes = useStyles();
  const format = useMessageFormat();
  const [first, ...others] = items;
  if (!first) {
    return null;
  }
  const { running, next, states, health, deployedAt, waiting, held } = first;
  const version = [...running, ...(next === undefined ? [] : [next])];
  const isStale = states.includes('stale');
  const shown = states.filter(state => state !== 'stale');
  return (
    <div className={isStale ? classes.stale : undefined}>
      <div className={classes.line}>
        {version.length > 0 ? (
          <span
            className={`${row.version} ${row.clamped}`}
            title={version.join(' → ')}
          >
            {version.join(' → ')}
          </span>
        ) : (
          <span className={row.none}>{t('fleet.noPods')}</span>
        )}
        {deployedAt && (
          <span className={row.secondary}>
            <RelativeTime at={deployedAt} />
          </span>
        )}
      </div>
      <div className={classes.line}>
        {shown.map(state =>
          state === 'degraded' ? (
            <HealthStatusLabel key={state} status={health} />
          ) : (
            <FleetStateLabel key={state} state={state} />
          ),
        )}
        {shown.length === 0 && <HealthStatusLabel status={health} />}
        {isStale && <FleetStateLabel state="stale" />}
        {others.length > 0 && (
          <span
            className={row.secondary}
            title={others.map(({ application }) => application.name).join(', ')}
          >
            {t('fleet.moreApplications', { total: String(others.length) })}
          </span>
        )}
      </div>
      {waiting && <Reason text={format.message(stuckMessage(waiting))} />}
      {held && (
        <Reason
          text={t('fleet.held', {
            version: held.version,
            reason: format.message(inTopic('verdict', held.reason)),
            interpolation: { escapeValue: false },
          })}
        />
      )}
    </div>
  );
}

function Reason({ text }: { text: string }) {
  const row = useRowStyles();
  const classes = useStyles();
  return (
    <Typography
      variant="caption"
      className={`${row.secondary} ${classes.reason}`}
      title={text}
    >
      {text}
    </Typography>
  );
}

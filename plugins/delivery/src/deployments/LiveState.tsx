import { useTranslationRef } from '@backstage/frontend-plugin-api';
import IconButton from '@material-ui/core/IconButton';
import Tooltip from '@material-ui/core/Tooltip';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import RefreshIcon from '@material-ui/icons/Refresh';
import type { InstanceStatus } from '@landfall/backstage-plugin-delivery-common';
import { RelativeTime } from '../components/time';
import type { Fresh } from '../live';
import { deliveryTranslationRef } from '../translation';
import type { Change } from './changes';

const calm = '@media (prefers-reduced-motion: reduce)';

const useStyles = makeStyles(
  theme => ({
    '@keyframes pulseEven': {
      from: { boxShadow: `0 0 0 0 ${theme.palette.success.main}` },
      to: { boxShadow: '0 0 0 8px transparent' },
    },
    // Identical to `pulseEven`: an animation restarts only under another name.
    '@keyframes pulseOdd': {
      from: { boxShadow: `0 0 0 0 ${theme.palette.success.main}` },
      to: { boxShadow: '0 0 0 8px transparent' },
    },
    pulseEven: {
      '&::before': {
        animation: '$pulseEven 1.2s ease-out',
        [calm]: { animation: 'none' },
      },
    },
    pulseOdd: {
      '&::before': {
        animation: '$pulseOdd 1.2s ease-out',
        [calm]: { animation: 'none' },
      },
    },
    root: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      justifyContent: 'flex-end',
      marginLeft: theme.spacing(1),
      // The text comes later, and its length changes with the age.
      minWidth: 168,
      // Cards don't shrink this element, so a long text would push the button
      // out.
      [theme.breakpoints.down('xs')]: {
        minWidth: 150,
        maxWidth: 150,
        marginLeft: 0,
        gap: 0,
      },
      color: theme.palette.text.secondary,
    },
    live: {
      '&::before': {
        content: '""',
        display: 'inline-block',
        width: 8,
        height: 8,
        marginRight: theme.spacing(0.75),
        borderRadius: '50%',
        backgroundColor: theme.palette.success.main,
      },
    },
  }),
  { name: 'LandfallLiveState' },
);

/** What a page reads of instances, whatever else it reads. */
type LiveInstances = Pick<
  Fresh<{ instances: readonly InstanceStatus[] }>,
  'data' | 'readAt' | 'error' | 'live' | 'refresh'
> & {
  /** What changed last, where the page follows it. */
  change?: Change;
};

/** How fresh the page's data is, and a button to refresh it. @internal */
export function LiveState({ deployments }: { deployments: LiveInstances }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <Typography variant="body2" component="span">
        <Freshness deployments={deployments} />
      </Typography>
      <Tooltip title={t('deployments.refresh')}>
        <IconButton
          size="small"
          aria-label={t('deployments.refresh')}
          onClick={deployments.refresh}
        >
          <RefreshIcon fontSize="small" />
        </IconButton>
      </Tooltip>
    </div>
  );
}

function Freshness({ deployments }: { deployments: LiveInstances }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const { data, readAt, error, live, change } = deployments;
  if (!data || !readAt) {
    return null;
  }
  // Screen readers announce the state, but not its age, which changes every
  // second.
  const age = <RelativeTime at={readAt} />;
  if (error) {
    return (
      <>
        <span role="status">{t('live.lastRead')}</span> {age}
      </>
    );
  }
  const away = data.instances.find(({ state }) => state === 'unreachable');
  const connecting = data.instances.find(({ state }) => state === 'connecting');
  if (away) {
    return (
      <span role="status">
        {t('live.unreachable', { instance: away.name })}
      </span>
    );
  }
  if (connecting) {
    return (
      <span role="status">
        {t('live.connecting', { instance: connecting.name })}
      </span>
    );
  }
  const count = change?.count ?? 0;
  const pulse = count % 2 ? classes.pulseOdd : classes.pulseEven;
  return live ? (
    <>
      <span
        role="status"
        className={`${classes.live} ${count > 0 ? pulse : ''}`}
      >
        {t('live.live')}
      </span>
      {' · '}
      {age}
    </>
  ) : (
    <>
      <span role="status">{t('live.updated')}</span> {age}
    </>
  );
}

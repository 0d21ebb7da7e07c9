import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Collapse from '@material-ui/core/Collapse';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import { displayVersion } from '@landfall/backstage-plugin-delivery-common';
import { useId, type ReactNode } from 'react';
import { RelativeTime } from '../components/time';
import { deliveryTranslationRef, useMessageFormat } from '../translation';
import { progressOf, type EnvironmentProgress } from './groups';
import { OutcomeLabel } from './OutcomeLabel';
import { StageBar } from './StageBar';
import { startedAt } from './stages';
import type { Group } from './useOpenGroups';
import { useRowHeadStyles } from './rowHeadStyles';

const useStyles = makeStyles(
  theme => ({
    bars: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      display: 'grid',
      gridTemplateColumns: 'auto auto minmax(0, 1fr)',
      columnGap: theme.spacing(2),
      rowGap: theme.spacing(1),
      alignItems: 'center',
      fontSize: theme.typography.body2.fontSize,
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
    bar: {
      display: 'contents',
      [theme.breakpoints.down('xs')]: {
        display: 'flex',
        flexWrap: 'wrap',
        columnGap: theme.spacing(2),
      },
    },
    environment: { fontWeight: 500, overflowWrap: 'anywhere' },
    reason: {
      gridColumn: '1 / -1',
      overflowWrap: 'anywhere',
      color: theme.palette.text.secondary,
    },
    members: {
      listStyle: 'none',
      margin: 0,
      padding: theme.spacing(0, 0, 0, 2),
      borderLeft: `2px solid ${theme.palette.divider}`,
    },
  }),
  { name: 'LandfallPromotionGroupRow' },
);

/**
 * One version on its way into several applications: how far it got in each
 * environment, and its promotions on demand.
 *
 * @internal
 */
export function PromotionGroupRow(props: {
  group: Group;
  /** The order of the environments. */
  environments: readonly string[];
  /** The image, if the list has several. */
  image?: string;
  isOpen: boolean;
  onToggle(group: Group): void;
  /** A row per promotion. */
  children: ReactNode;
}) {
  const { group, environments, image, isOpen, onToggle, children } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const head = useRowHeadStyles();
  const classes = useStyles();
  const id = useId();
  const [first] = group.promotions;
  const version = displayVersion(first.version);
  const progress = progressOf(group.promotions, environments);
  const names = progress.map(({ environment }) => environment).join(', ');
  const since = startedAt(first);
  return (
    <li className={head.root}>
      <div className={head.head}>
        <span className={head.title}>
          <span className={head.version}>{version}</span>
          {` → ${names}`}
        </span>
        {image && <span>{image}</span>}
        {first.rollback && (
          <span className={head.secondary}>
            {t('promotion.cause.rollback')}
          </span>
        )}
        <span className={`${head.end} ${head.secondary}`}>
          {since && <RelativeTime at={since} />}
          <IconButton
            size="small"
            aria-expanded={isOpen}
            aria-controls={id}
            aria-label={t(
              isOpen ? 'promotion.group.hide' : 'promotion.group.show',
              { version, environments: names },
            )}
            onClick={() => onToggle(group)}
          >
            <ExpandMoreIcon
              className={`${head.chevron} ${isOpen ? head.open : ''}`}
              aria-hidden
            />
          </IconButton>
        </span>
      </div>
      {!isOpen && (
        <ul
          className={classes.bars}
          aria-label={t('promotion.group.bars', { version })}
        >
          {progress.map(each => (
            <EnvironmentBar key={each.environment} progress={each} />
          ))}
        </ul>
      )}
      <div id={id}>
        <Collapse in={isOpen} unmountOnExit>
          <ul
            className={classes.members}
            aria-label={t('promotion.group.list', { version })}
          >
            {children}
          </ul>
        </Collapse>
      </div>
    </li>
  );
}

function EnvironmentBar({ progress }: { progress: EnvironmentProgress }) {
  const { environment, promotion, applications } = progress;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useMessageFormat();
  const classes = useStyles();
  return (
    <li className={classes.bar}>
      <span className={classes.environment}>
        {environment}
        {applications > 1 &&
          ` (${t('promotion.group.several', { total: String(applications) })})`}
      </span>
      <OutcomeLabel promotion={promotion} />
      <StageBar promotion={promotion} dense />
      {promotion.outcome === 'failed' && promotion.reason && (
        <span className={classes.reason}>
          {format.message(promotion.reason)}
        </span>
      )}
    </li>
  );
}

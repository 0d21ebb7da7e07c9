import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Collapse from '@material-ui/core/Collapse';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import {
  displayVersion,
  type PromotionItem,
} from '@landfall/backstage-plugin-delivery-common';
import { useEffect, useRef } from 'react';
import { RelativeTime } from '../components/time';
import { deliveryTranslationRef, useMessageFormat } from '../translation';
import { anchorOf } from './anchor';
import { CauseText } from './CauseText';
import { CopyLinkButton } from './CopyLinkButton';
import { MergeRequestLink } from './MergeRequests';
import { OutcomeLabel } from './OutcomeLabel';
import { PromotionDetails } from './PromotionDetails';
import { StageBar } from './StageBar';
import { startedAt } from './stages';

const useStyles = makeStyles(
  theme => ({
    root: {
      listStyle: 'none',
      padding: theme.spacing(1.5, 1),
      borderTop: `1px solid ${theme.palette.divider}`,
      // The page's header must not cover the target of a link.
      scrollMarginTop: theme.spacing(10),
    },
    linked: { backgroundColor: theme.palette.action.hover },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 2),
      marginBottom: theme.spacing(1),
      fontSize: theme.typography.body2.fontSize,
    },
    version: { fontWeight: 700 },
    secondary: { color: theme.palette.text.secondary },
    end: {
      marginLeft: 'auto',
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
    },
    reason: {
      fontSize: theme.typography.body2.fontSize,
      marginTop: theme.spacing(0.5),
      overflowWrap: 'anywhere',
    },
    chevron: { transition: theme.transitions.create('transform') },
    open: { transform: 'rotate(180deg)' },
  }),
  { name: 'LandfallPromotionRow' },
);

/**
 * One promotion: its version and environment, how far it got, and why; the rest
 * on demand.
 *
 * @internal
 */
export function PromotionRow(props: {
  promotion: PromotionItem;
  isExpanded: boolean;
  /** Whether the page's URL points to it. */
  isLinked: boolean;
  /**
   * Distinguishes it from others of its environment by image or application.
   */
  distinction?: string;
  onToggle(id: string): void;
}) {
  const { promotion, isExpanded, isLinked, distinction, onToggle } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useMessageFormat();
  const classes = useStyles();
  const element = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isLinked) {
      element.current?.scrollIntoView({ block: 'start' });
    }
  }, [isLinked]);

  const { environment, previous } = promotion;
  const request = promotion.commit?.request ?? promotion.proposal?.request;
  const version = displayVersion(promotion.version);
  const since = startedAt(promotion);
  const anchor = anchorOf(promotion.id);
  return (
    <li
      ref={element}
      id={anchor}
      className={`${classes.root} ${isLinked ? classes.linked : ''}`}
    >
      <div className={classes.head}>
        <span>
          <span className={classes.version}>{version}</span>
          {` → ${environment}`}
        </span>
        {distinction && <span>{distinction}</span>}
        <OutcomeLabel promotion={promotion} />
        {previous && (
          <span className={classes.secondary}>
            {t('promotion.from', { version: displayVersion(previous) })}
          </span>
        )}
        <span className={classes.secondary}>
          <CauseText promotion={promotion} />
        </span>
        {request && <MergeRequestLink request={request} />}
        <span className={`${classes.end} ${classes.secondary}`}>
          {since && <RelativeTime at={since} />}
          <CopyLinkButton promotionId={promotion.id} />
          <IconButton
            size="small"
            aria-expanded={isExpanded}
            aria-controls={`${anchor}-details`}
            aria-label={t(
              isExpanded
                ? 'promotion.item.hideDetails'
                : 'promotion.item.showDetails',
              { version, environment },
            )}
            onClick={() => onToggle(promotion.id)}
          >
            <ExpandMoreIcon
              className={`${classes.chevron} ${isExpanded ? classes.open : ''}`}
              aria-hidden
            />
          </IconButton>
        </span>
      </div>
      <StageBar promotion={promotion} />
      {promotion.outcome === 'failed' && promotion.reason && !isExpanded && (
        <div className={classes.reason}>{format.message(promotion.reason)}</div>
      )}
      <div id={`${anchor}-details`}>
        <Collapse in={isExpanded} unmountOnExit>
          <PromotionDetails promotion={promotion} />
        </Collapse>
      </div>
    </li>
  );
}

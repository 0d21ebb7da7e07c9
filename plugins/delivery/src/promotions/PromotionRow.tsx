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
import { useRowHeadStyles } from './rowHeadStyles';
import { StageBar } from './StageBar';
import { startedAt } from './stages';

const useStyles = makeStyles(
  theme => ({
    linked: { backgroundColor: theme.palette.action.hover },
    reason: {
      fontSize: theme.typography.body2.fontSize,
      marginTop: theme.spacing(0.5),
      overflowWrap: 'anywhere',
    },
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
  const head = useRowHeadStyles();
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
      className={`${head.root} ${isLinked ? classes.linked : ''}`}
    >
      <div className={head.head}>
        <span className={head.title}>
          <span className={head.version}>{version}</span>
          {` → ${environment}`}
        </span>
        {distinction && <span>{distinction}</span>}
        <OutcomeLabel promotion={promotion} />
        {previous && (
          <span className={head.secondary}>
            {t('promotion.from', { version: displayVersion(previous) })}
          </span>
        )}
        <span className={head.secondary}>
          <CauseText promotion={promotion} />
        </span>
        {request && <MergeRequestLink request={request} />}
        <span className={`${head.end} ${head.secondary}`}>
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
              className={`${head.chevron} ${isExpanded ? head.open : ''}`}
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

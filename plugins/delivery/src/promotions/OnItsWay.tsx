import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  type DescribedStuckReason,
  displayVersion,
  type Promotion,
} from '@landfall/backstage-plugin-delivery-common';
import { deliveryTranslationRef, useMessageFormat } from '../translation';
import { outcomeMessage, outcomeOf } from './outcome';
import { StageBar } from './StageBar';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 2),
    },
    // A tag has up to 128 characters.
    version: { overflowWrap: 'anywhere' },
    waiting: {
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'LandfallOnItsWay' },
);

/** @internal */
export interface OnItsWayProps {
  environment: string;
  promotion: Promotion;
  waiting?: DescribedStuckReason;
}

/**
 * One line for a promotion that is under way: `On its way: 1.4.3 → staging`,
 * its progress, and what it is waiting for.
 *
 * @internal
 */
export function OnItsWay(props: OnItsWayProps) {
  const { environment, promotion, waiting } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useMessageFormat();
  return (
    <div className={classes.root}>
      <Typography variant="body2" component="span" className={classes.version}>
        {t('promotion.onItsWay', {
          outcome: t(outcomeMessage(outcomeOf(promotion))),
          version: displayVersion(promotion.version),
          environment,
        })}
      </Typography>
      <StageBar promotion={promotion} dense />
      {waiting && (
        <Typography
          variant="body2"
          component="span"
          className={classes.waiting}
        >
          {t('promotion.waits', { reason: format.stuckReason(waiting) })}
        </Typography>
      )}
    </div>
  );
}

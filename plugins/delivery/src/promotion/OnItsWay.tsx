import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  displayVersion,
  type Promotion,
} from '@landfall/backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../translation';
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
  }),
  { name: 'LandfallOnItsWay' },
);

/** @internal */
export interface OnItsWayProps {
  environment: string;
  promotion: Promotion;
}

/**
 * One line for a promotion that is under way: `On its way: 1.4.3 → staging`,
 * and how far it is.
 *
 * @internal
 */
export function OnItsWay({ environment, promotion }: OnItsWayProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <div className={useStyles().root}>
      <Typography variant="body2" component="span" noWrap>
        {t('promotion.onItsWay', {
          outcome: t(outcomeMessage(outcomeOf(promotion))),
          version: displayVersion(promotion.version),
          environment,
        })}
      </Typography>
      <StageBar promotion={promotion} dense />
    </div>
  );
}

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../translation';
import { openApplication } from './useOpenApplication';

const useStyles = makeStyles(
  theme => ({
    root: {
      fontFamily: 'inherit',
      fontSize: 'inherit',
      fontWeight: 600,
      lineHeight: 'inherit',
      textAlign: 'left',
      overflowWrap: 'anywhere',
      borderRadius: theme.shape.borderRadius,
      '&:hover': { textDecoration: 'underline' },
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: 2,
      },
    },
  }),
  { name: 'LandfallApplicationName' },
);

/** A name that opens the details of its application. @internal */
export function ApplicationNameButton(props: {
  application: ApplicationRef;
  /** What is shown: the application, or an environment with only this one. */
  name: string;
}) {
  const { application, name } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <ButtonBase
      disableRipple
      className={useStyles().root}
      aria-haspopup="dialog"
      title={t('application.openDetails', {
        application: application.name,
      })}
      onClick={() => openApplication(application)}
    >
      {name}
    </ButtonBase>
  );
}

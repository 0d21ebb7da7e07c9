import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ImageApplication } from '@landfall/backstage-plugin-delivery-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { deliveryTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    list: { listStyle: 'none', margin: 0, padding: theme.spacing(0, 2) },
    item: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      padding: theme.spacing(0.5, 0),
    },
    environment: { fontWeight: 'bold' },
    advice: { color: theme.palette.text.secondary, flexBasis: '100%' },
  }),
  { name: 'LandfallUpdaterLines' },
);

/**
 * What the Image Updater does next in each application, and what is wrong with
 * its settings.
 *
 * @internal
 */
export function UpdaterLines(props: {
  applications: readonly ImageApplication[];
  onOpen(application: ImageApplication): void;
}) {
  const { applications, onOpen } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const wordsOf = ({ state, next }: ImageApplication): string => {
    if (!next) {
      return t(`images.state.${state}`);
    }
    const version = next.version?.tag;
    return next.outcome === 'update' && version && state === 'managed'
      ? t('images.nextVersion', { version })
      : next.reason;
  };
  return (
    <ul className={classes.list} aria-label={t('images.table.updater')}>
      {applications.map(application => (
        <li
          key={`${application.key} ${application.repository}`}
          className={classes.item}
        >
          <span className={classes.environment}>{application.environment}</span>
          <span>{wordsOf(application)}</span>
          {application.policy && (
            <Button
              size="small"
              color="primary"
              onClick={() => onOpen(application)}
            >
              {t('images.preview.open', {
                environment: application.environment,
              })}
            </Button>
          )}
          {application.problems.map(({ code, advice }) => (
            <span key={code} className={classes.advice}>
              {advice}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

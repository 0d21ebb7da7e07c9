import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  displayVersion,
  type ImageApplication,
} from '@landfall/backstage-plugin-delivery-common';
import { useRowStyles } from '../components/rowStyles';
import { deliveryTranslationRef, useMessageFormat } from '../translation';

const useStyles = makeStyles(
  theme => ({
    name: { flex: '1 1 80px', minWidth: 0 },
    version: { flex: '2 1 110px', minWidth: 0 },
    next: { flex: '6 1 240px', minWidth: 0, overflowWrap: 'anywhere' },
    list: { borderBottom: `1px solid ${theme.palette.divider}` },
  }),
  { name: 'LandfallUpdaterApplications' },
);

/**
 * What the updater does next: a line per application, each with a button to try
 * another policy.
 *
 * @internal
 */
export function UpdaterApplications(props: {
  applications: ImageApplication[];
  onOpen(application: ImageApplication): void;
}) {
  const { applications, onOpen } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const rows = useRowStyles();
  const classes = useStyles();
  if (applications.length === 0) {
    return null;
  }
  return (
    <ul
      className={`${rows.list} ${classes.list}`}
      aria-label={t('images.applications.list')}
    >
      {applications.map(application => (
        <li
          key={`${application.key} ${application.repository}`}
          className={rows.item}
        >
          <ApplicationLine
            application={application}
            severalImages={applications.some(
              other =>
                other.key === application.key &&
                other.repository !== application.repository,
            )}
            severalInEnvironment={applications.some(
              other =>
                other.environment === application.environment &&
                other.key !== application.key,
            )}
            onOpen={() => onOpen(application)}
          />
        </li>
      ))}
    </ul>
  );
}

function ApplicationLine(props: {
  application: ImageApplication;
  severalImages: boolean;
  severalInEnvironment: boolean;
  onOpen(): void;
}) {
  const { application, severalImages, severalInEnvironment, onOpen } = props;
  const { environment, repository, running, next, problems, state } =
    application;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useMessageFormat();
  const rows = useRowStyles();
  const classes = useStyles();
  const { name } = application.application;
  return (
    <>
      <div className={rows.line}>
        <span className={`${rows.name} ${classes.name}`} title={name}>
          {environment}
          {severalInEnvironment && ` · ${name}`}
          {severalImages &&
            ` · ${repository.slice(repository.indexOf('/') + 1)}`}
        </span>
        <span className={`${rows.version} ${classes.version}`}>
          {running.map(displayVersion).join(' → ')}
        </span>
        <span className={classes.next}>
          {next
            ? format.message(next.reason)
            : t(
                state === 'unmanaged'
                  ? 'images.applications.unmanaged'
                  : 'images.applications.unusable',
              )}
        </span>
        <Button
          size="small"
          color="primary"
          aria-haspopup="dialog"
          aria-label={t('images.applications.openFor', { application: name })}
          onClick={onOpen}
        >
          {t('images.applications.open')}
        </Button>
      </div>
      {problems.map(({ code, message, advice }, index) => (
        <Typography
          key={`${index} ${code}`}
          variant="body2"
          className={rows.note}
        >
          <span className={code === 'not-visible' ? undefined : rows.problem}>
            {message}
          </span>
          {`. ${format.message(advice)}`}
        </Typography>
      ))}
    </>
  );
}

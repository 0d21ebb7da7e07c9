import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  displayVersion,
  type ApplicationDetails,
  type ImageApplication,
} from '@landfall/backstage-plugin-delivery-common';
import { SettingsFindings } from '../../images/SettingsFindings';
import type { Fresh } from '../../live';
import { Code, Detail, DetailSection } from '../../promotions/DetailRows';
import { deliveryTranslationRef, useMessageFormat } from '../../translation';
import { LivePart } from '../LivePart';
import type { ApplicationProps } from '../useApplication';
import { PolicyRows } from './PolicyRows';
import { VerdictTable } from './VerdictTable';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      // A wide table scrolls by itself, and doesn't make the texts as wide.
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(2),
    },
    problem: { color: theme.palette.error.main },
  }),
  { name: 'LandfallUpdaterTab' },
);

/** What the Image Updater does with each of the application's images. @internal */
export function UpdaterTab(
  props: ApplicationProps & { details: Fresh<ApplicationDetails> },
) {
  const { application, details } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  return (
    <LivePart
      read={details}
      application={application.name}
      loading={t('application.loading', { application: application.name })}
      lines={8}
    >
      {({ updater }) => (
        <div className={classes.root}>
          {updater.applications.length === 0 && (
            <Typography variant="body2" color="textSecondary">
              {t('application.updater.empty')}
            </Typography>
          )}
          <SettingsFindings
            findings={updater.findings}
            applications={updater.applications}
          />
          {updater.applications.map(image => (
            <ImageSection
              key={image.repository}
              image={image}
              items={updater.images}
            />
          ))}
        </div>
      )}
    </LivePart>
  );
}

function ImageSection(props: {
  image: ImageApplication;
  items: ApplicationDetails['updater']['images'];
}) {
  const { image, items } = props;
  const { repository, running, next, policy, problems, state, updater } = image;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useMessageFormat();
  const classes = useStyles();
  const reason = next && format.message(next.reason);
  const choice = next?.version
    ? t('application.updater.nextVersion', {
        version: displayVersion(next.version),
        reason: reason ?? '',
        interpolation: { escapeValue: false },
      })
    : reason;
  return (
    <div>
      <DetailSection title={repository}>
        <Detail name={t('application.updater.running')}>
          <Code text={running.map(displayVersion).join(' → ') || '–'} />
        </Detail>
        <Detail name={t('application.updater.next')}>
          {next
            ? choice
            : t(
                state === 'unmanaged'
                  ? 'application.updater.unmanaged'
                  : 'application.updater.unusable',
              )}
        </Detail>
        {policy && <PolicyRows policy={policy} />}
        <Detail name={t('application.updater.resource')}>
          {updater && `${updater.namespace}/${updater.name}`}
        </Detail>
      </DetailSection>
      {problems.map(({ code, message, advice }, index) => (
        <Typography key={`${index} ${code}`} variant="body2">
          <span
            className={code === 'not-visible' ? undefined : classes.problem}
          >
            {message}
          </span>
          {`. ${format.message(advice)}`}
        </Typography>
      ))}
      {policy && (
        <VerdictTable
          image={image}
          items={items.filter(item => item.repository === repository)}
        />
      )}
    </div>
  );
}

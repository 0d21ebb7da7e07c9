import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ImagesResponse } from '@landfall/backstage-plugin-delivery-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { applicationLabels } from '../images/applicationLabels';
import { VerdictCell } from '../images/VerdictCell';
import { deliveryTranslationRef, useMessageFormat } from '../translation';
import type { VersionChoice } from './versionChoices';

const useStyles = makeStyles(
  theme => ({
    root: { marginTop: theme.spacing(1), overflowWrap: 'anywhere' },
    list: { margin: 0, paddingLeft: theme.spacing(2.5) },
    row: { marginBottom: theme.spacing(0.5) },
    code: { fontFamily: 'monospace' },
  }),
  { name: 'LandfallUpdaterChoice' },
);

/**
 * What Image Updater would choose now, what it makes of the chosen version, and why
 * it wouldn't choose the others.
 *
 * @internal
 */
export function UpdaterChoice(props: {
  images: ImagesResponse;
  repository: string | undefined;
  choices: readonly VersionChoice[];
  /** A tag; empty if none is chosen. */
  chosen: string;
}) {
  const { images, repository, choices, chosen } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useMessageFormat();
  const classes = useStyles();
  const applications = images.applications.filter(
    application => application.repository === repository,
  );
  const { labelOf } = applicationLabels(applications);
  const selected = choices.find(({ tag }) => tag === chosen);
  const others = choices.filter(choice => choice !== selected);
  return (
    <div className={classes.root}>
      <Typography variant="subtitle2" component="h4">
        {t('form.version.now')}
      </Typography>
      <ul className={classes.list}>
        {applications.map(application => (
          <li key={application.key}>
            <Typography variant="body2" component="span">
              {`${labelOf(application)}: `}
              {application.next
                ? format.message(application.next.reason)
                : t(
                    application.state === 'unmanaged'
                      ? 'images.applications.unmanaged'
                      : 'images.applications.unusable',
                  )}
            </Typography>
          </li>
        ))}
      </ul>
      {selected && (
        <div aria-live="polite">
          <Typography variant="subtitle2" component="h4">
            {t('form.version.chosen', { version: selected.tag })}
          </Typography>
          <VerdictCell item={selected.item} applications={applications} />
        </div>
      )}
      {others.length > 0 && (
        <details>
          <summary>{t('form.version.others')}</summary>
          <ul className={classes.list}>
            {others.map(({ tag, item }) => (
              <li key={tag} className={classes.row}>
                <strong className={classes.code}>{tag}</strong>
                <VerdictCell item={item} applications={applications} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  displayVersion,
  type ImageApplication,
} from '@landfall/backstage-plugin-delivery-common';
import { useState } from 'react';
import { useRowStyles } from '../components/rowStyles';
import { deliveryTranslationRef, useMessageFormat } from '../translation';
import { applicationLabels } from './applicationLabels';

/** An entity can have dozens; the images come below them. */
const SHOWN = 8;

const useStyles = makeStyles(
  theme => ({
    name: { flex: '1 1 80px', minWidth: 0 },
    version: { flex: '2 1 110px', minWidth: 0 },
    next: { flex: '6 1 240px', minWidth: 0, overflowWrap: 'anywhere' },
    root: { borderBottom: `1px solid ${theme.palette.divider}` },
  }),
  { name: 'LandfallUpdaterApplications' },
);

/**
 * What the updater does next: a line for each of the first applications, and for all
 * on request, each with a button to try another policy.
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
  const [isOpen, setIsOpen] = useState(false);
  if (applications.length === 0) {
    return null;
  }
  const { nameOf, labelOf } = applicationLabels(applications);
  // A button in place of one line would save nothing.
  const hidden =
    applications.length > SHOWN + 1 ? applications.length - SHOWN : 0;
  return (
    <div className={classes.root}>
      <ul className={rows.list} aria-label={t('images.applications.list')}>
        {applications
          .slice(0, isOpen ? undefined : applications.length - hidden)
          .map(application => (
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
                name={nameOf(application)}
                label={labelOf(application)}
                onOpen={() => onOpen(application)}
              />
            </li>
          ))}
      </ul>
      {hidden > 0 && (
        <Button
          size="small"
          className={rows.more}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen
            ? t('images.applications.fewer')
            : t('images.applications.more', { total: String(hidden) })}
        </Button>
      )}
    </div>
  );
}

function ApplicationLine(props: {
  application: ImageApplication;
  severalImages: boolean;
  /** The application's name, which is unique in its environment. */
  name: string;
  /** What the line is about, except for the image. */
  label: string;
  onOpen(): void;
}) {
  const { application, severalImages, name, label, onOpen } = props;
  const { repository, running, next, problems, state } = application;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useMessageFormat();
  const rows = useRowStyles();
  const classes = useStyles();
  const versions = running.map(displayVersion).join(' → ');
  return (
    <>
      <div className={rows.line}>
        <span className={`${rows.name} ${classes.name}`} title={name}>
          {label}
          {severalImages &&
            ` · ${repository.slice(repository.indexOf('/') + 1)}`}
        </span>
        <span className={`${rows.version} ${classes.version}`} title={versions}>
          <span className={rows.clamped}>{versions}</span>
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
      {application.removed?.map(version => {
        const text = displayVersion(version);
        return (
          <Typography
            key={text}
            variant="body2"
            className={`${rows.note} ${rows.problem}`}
          >
            {t('images.removed', { version: text })}
          </Typography>
        );
      })}
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

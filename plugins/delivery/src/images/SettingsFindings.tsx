import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  type ApplicationFindings,
  type DescribedLintFinding,
  type ImageApplication,
  lintPlaceText,
} from '@landfall/backstage-plugin-delivery-common';
import { useRowStyles } from '../components/rowStyles';
import { deliveryTranslationRef, useMessageFormat } from '../translation';
import { applicationLabels } from './applicationLabels';

const useStyles = makeStyles(
  theme => ({
    list: { borderBottom: `1px solid ${theme.palette.divider}` },
    place: {
      color: theme.palette.text.secondary,
      overflowWrap: 'anywhere',
    },
    effect: { overflowWrap: 'anywhere' },
    error: { color: theme.palette.error.main },
    warning: { fontWeight: 600 },
    info: { color: theme.palette.text.secondary },
  }),
  { name: 'LandfallSettingsFindings' },
);

/**
 * Settings of the updater that do nothing, or nothing good: what each one does,
 * and what to write instead.
 *
 * @internal
 */
export function SettingsFindings(props: {
  findings: readonly ApplicationFindings[];
  /** Their problems are shown elsewhere, and not once more here. */
  applications: readonly ImageApplication[];
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const rows = useRowStyles();
  const classes = useStyles();
  const shown = props.findings
    .map(each => ({
      ...each,
      findings: notYetShown(each, props.applications),
    }))
    .filter(({ findings }) => findings.length > 0);
  if (shown.length === 0) {
    return null;
  }
  const { nameOf } = applicationLabels([
    ...props.findings,
    ...props.applications,
  ]);
  return (
    <ul
      className={`${rows.list} ${classes.list}`}
      aria-label={t('images.findings.list')}
    >
      {shown.map(({ findings, ...application }) => (
        <li key={application.key} className={rows.item}>
          <span className={rows.name}>
            {t('images.findings.application', {
              environment: application.environment,
              application: nameOf(application),
              interpolation: { escapeValue: false },
            })}
          </span>
          <ul className={rows.nested}>
            {findings.map((finding, index) => (
              <li key={`${index} ${finding.code}`}>
                <Finding finding={finding} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function Finding({ finding }: { finding: DescribedLintFinding }) {
  const { severity, place, effect, fix } = finding;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useMessageFormat();
  const classes = useStyles();
  const sentence = (text: string) =>
    t('images.findings.sentence', {
      sentence: text,
      interpolation: { escapeValue: false },
    });
  return (
    <>
      <Typography variant="body2" className={classes.effect}>
        <span className={classes[severity]}>
          {t(`images.findings.severity.${severity}`)}
        </span>{' '}
        {sentence(format.message(effect))} {sentence(format.message(fix))}
      </Typography>
      <Typography variant="caption" component="div" className={classes.place}>
        {t('images.findings.place', {
          kind: place.kind,
          name: `${place.namespace}/${place.name}`,
          place: lintPlaceText(place),
          interpolation: { escapeValue: false },
        })}
      </Typography>
    </>
  );
}

/** The findings of an application beyond what its policies report. */
function notYetShown(
  { key, findings }: ApplicationFindings,
  applications: readonly ImageApplication[],
): DescribedLintFinding[] {
  const reported = new Set<string>(
    applications
      .filter(application => application.key === key)
      .flatMap(({ problems }) => problems.map(({ code }) => code)),
  );
  return findings.filter(({ code }) => !reported.has(code));
}

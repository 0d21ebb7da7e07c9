import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { ApplicationDiff } from '@landfall/backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../../translation';

type Hunk = ApplicationDiff['hunks'][number];
type Line = Hunk['lines'][number];

/** As in other tools; colours only support them. */
const SIGNS: Record<Line['kind'], string> = {
  context: ' ',
  live: '−',
  desired: '+',
};

const useStyles = makeStyles(
  theme => ({
    root: {
      margin: theme.spacing(1, 0),
      padding: theme.spacing(1, 0),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: '0.8rem',
    },
    hunk: {
      '& + &': {
        marginTop: theme.spacing(1),
        paddingTop: theme.spacing(1),
        borderTop: `1px dashed ${theme.palette.divider}`,
      },
    },
    place: {
      padding: theme.spacing(0, 1),
      color: theme.palette.text.secondary,
    },
    line: {
      display: 'flex',
      padding: theme.spacing(0, 1),
      borderLeft: '4px solid transparent',
    },
    sign: { flex: '0 0 2ch', userSelect: 'none' },
    text: {
      flex: 1,
      minWidth: 0,
      margin: 0,
      fontFamily: 'inherit',
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
    },
    context: {},
    live: { borderLeftColor: theme.palette.error.main },
    desired: { borderLeftColor: theme.palette.success.main },
    // For screen readers, which don't read the signs.
    word: {
      position: 'absolute',
      width: 1,
      height: 1,
      overflow: 'hidden',
      clipPath: 'inset(50%)',
      whiteSpace: 'nowrap',
    },
  }),
  { name: 'LandfallDiffLines' },
);

/** The lines that differ, with those around them. @internal */
export function DiffLines({ hunks }: { hunks: readonly Hunk[] }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  return (
    <>
      <Typography variant="caption" component="p" color="textSecondary">
        {t('application.diff.legend')}
      </Typography>
      <div
        role="group"
        aria-label={t('application.diff.label')}
        className={classes.root}
      >
        {hunks.map(hunk => (
          <div
            key={`${hunk.liveStart} ${hunk.desiredStart}`}
            className={classes.hunk}
          >
            <div className={classes.place}>
              {t('application.diff.line', { line: String(hunk.liveStart) })}
            </div>
            {hunk.lines.map((line, index) => (
              <DiffLine key={index} line={line} />
            ))}
          </div>
        ))}
      </div>
      <Typography variant="caption" component="p" color="textSecondary">
        {t('application.diff.hidden')}
      </Typography>
    </>
  );
}

function DiffLine({ line }: { line: Line }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const { kind, text } = line;
  return (
    <div className={`${classes.line} ${classes[kind]}`}>
      <span className={classes.sign} aria-hidden>
        {SIGNS[kind]}
      </span>
      {kind !== 'context' && (
        <span className={classes.word}>{t(`application.diff.${kind}`)}</span>
      )}
      <pre className={classes.text}>{text}</pre>
    </div>
  );
}

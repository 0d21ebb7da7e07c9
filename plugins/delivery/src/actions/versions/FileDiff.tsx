import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(
  theme => ({
    root: {
      margin: theme.spacing(0.5, 0),
      padding: theme.spacing(0.5, 0),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
      fontSize: '0.8rem',
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      maxHeight: 260,
      overflowY: 'auto',
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
    },
    line: {
      padding: theme.spacing(0, 1),
      borderLeft: '4px solid transparent',
    },
    removed: { borderLeftColor: theme.palette.error.main },
    added: { borderLeftColor: theme.palette.success.main },
    place: { color: theme.palette.text.secondary },
    path: {
      display: 'block',
      marginTop: theme.spacing(1),
      fontSize: theme.typography.body2.fontSize,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'LandfallFileDiff' },
);

/** Changed lines of a file, as a unified diff. The signs say what the colours do. @internal */
export function FileDiff(props: {
  /** For screen readers. */
  label: string;
  path: string;
  diff: string;
}) {
  const { label, path, diff } = props;
  const classes = useStyles();
  const lines = diff.replace(/\n$/, '').split('\n').filter(isShown);
  const lookOf = (line: string) => {
    switch (line[0]) {
      case '+':
        return classes.added;
      case '-':
        return classes.removed;
      case '@':
        return classes.place;
      default:
        return '';
    }
  };
  return (
    <>
      <code className={classes.path}>{path}</code>
      {/* The keyboard scrolls it only if it can have the focus. */}
      <div
        role="group"
        aria-label={label}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className={classes.root}
      >
        {lines.map((line, index) => (
          <div key={index} className={`${classes.line} ${lookOf(line)}`}>
            {line || ' '}
          </div>
        ))}
      </div>
    </>
  );
}

/** The path is above. */
function isShown(line: string): boolean {
  return !/^(--- |\+\+\+ |diff |index |Index: |=+$)/.test(line);
}

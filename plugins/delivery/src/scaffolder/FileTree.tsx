import { makeStyles } from '@material-ui/core/styles';
import type { FileNode } from './buildFileTree';
import type { PreviewFile } from './FormsClient';

const useStyles = makeStyles(
  theme => ({
    list: { listStyle: 'none', margin: 0, paddingLeft: theme.spacing(1.5) },
    file: {
      display: 'block',
      width: '100%',
      padding: theme.spacing(0.25, 0.5),
      border: 0,
      background: 'none',
      color: theme.palette.text.primary,
      font: 'inherit',
      textAlign: 'left',
      overflowWrap: 'anywhere',
      cursor: 'pointer',
      '&[aria-current="true"]': {
        backgroundColor: theme.palette.action.selected,
      },
    },
    folder: { overflowWrap: 'anywhere', cursor: 'pointer' },
  }),
  { name: 'LandfallFileTree' },
);

/** Files to choose from. @internal */
export function FileTree(props: {
  nodes: readonly FileNode<PreviewFile>[];
  label?: string;
  /** Path of the file that is shown. */
  shown: string | undefined;
  onShow(path: string): void;
}) {
  const { nodes, label, shown, onShow } = props;
  const classes = useStyles();
  return (
    <ul className={classes.list} aria-label={label}>
      {nodes.map(node =>
        'children' in node ? (
          <li key={`${node.path}/`}>
            <details open>
              <summary className={classes.folder}>{`${node.name}/`}</summary>
              <FileTree nodes={node.children} shown={shown} onShow={onShow} />
            </details>
          </li>
        ) : (
          <li key={node.file.path}>
            <button
              type="button"
              className={classes.file}
              aria-current={node.file.path === shown}
              title={node.file.path}
              onClick={() => onShow(node.file.path)}
            >
              {node.name}
            </button>
          </li>
        ),
      )}
    </ul>
  );
}

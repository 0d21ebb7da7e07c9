import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import ClosedIcon from '@material-ui/icons/ChevronRight';
import OpenIcon from '@material-ui/icons/ExpandMore';
import type { ApplicationResourceNode } from '@landfall/backstage-plugin-delivery-common';
import { forwardRef } from 'react';
import {
  HealthStatusLabel,
  SyncStatusLabel,
  syncWord,
  type SyncState,
} from '../../components/status';
import { RelativeTime } from '../../components/time';
import { deliveryTranslationRef, type Translate } from '../../translation';
import type { TreeLine } from './tree';

/** On a narrow screen, deep levels must not push the names out. */
const INDENT = 'min(20px, 4vw)';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      gap: theme.spacing(0.5),
      padding: theme.spacing(0.5, 0),
      borderBottom: `1px solid ${theme.palette.divider}`,
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: -2,
      },
    },
    icon: {
      flex: '0 0 24px',
      height: 24,
      cursor: 'pointer',
      color: theme.palette.text.secondary,
    },
    body: { flex: 1, minWidth: 0 },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0, 1.5),
    },
    name: { overflowWrap: 'anywhere' },
    secondary: {
      color: theme.palette.text.secondary,
      fontSize: theme.typography.body2.fontSize,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'LandfallResourceLine' },
);

interface ResourceLineProps {
  line: TreeLine;
  /** It is the one that Tab leads to. */
  isCurrent: boolean;
  onFocus(): void;
  onToggle(): void;
  /** Undefined: there is nothing to compare. */
  onShowDiff?(): void;
}

/** A line of the tree of resources. @internal */
export const ResourceLine = forwardRef<HTMLLIElement, ResourceLineProps>(
  function Line({ line, isCurrent, onFocus, onToggle, onShowDiff }, ref) {
    const { item, level, position, siblings, isOpen } = line;
    const { node } = item;
    const { t } = useTranslationRef(deliveryTranslationRef);
    const classes = useStyles();
    const sync = syncOf(node);
    const Icon = isOpen ? OpenIcon : ClosedIcon;
    return (
      <li
        ref={ref}
        role="treeitem"
        aria-label={labelOf(node, t)}
        aria-level={level}
        aria-posinset={position}
        aria-setsize={siblings}
        aria-expanded={isOpen}
        aria-selected={isCurrent}
        tabIndex={isCurrent ? 0 : -1}
        className={classes.root}
        style={{ paddingLeft: `calc(${level - 1} * ${INDENT})` }}
        onFocus={onFocus}
      >
        {isOpen === undefined ? (
          <span style={{ flex: '0 0 24px' }} />
        ) : (
          <Icon className={classes.icon} aria-hidden onClick={onToggle} />
        )}
        <div className={classes.body}>
          <div className={classes.line}>
            <span className={classes.name}>
              {node.kind} <strong>{node.name}</strong>
            </span>
            {node.health && <HealthStatusLabel status={node.health.status} />}
            {sync && <SyncStatusLabel sync={sync} />}
            {node.requiresPruning && !node.hook && (
              <span className={classes.secondary}>
                {t('application.resources.prune')}
              </span>
            )}
            {node.hook && (
              <span className={classes.secondary}>
                {t('application.resources.hook')}
              </span>
            )}
            {node.createdAt && (
              <span className={classes.secondary}>
                <RelativeTime
                  at={node.createdAt}
                  prefix={t('application.resources.created')}
                />
              </span>
            )}
            {onShowDiff && (
              <Button
                size="small"
                color="primary"
                // Enter on the line does the same.
                tabIndex={-1}
                aria-label={t('application.resources.diffOf', {
                  resource: node.name,
                  interpolation: { escapeValue: false },
                })}
                onClick={onShowDiff}
              >
                {t('application.resources.diff')}
              </Button>
            )}
          </div>
          {detailsOf(node).map(text => (
            <div key={text} className={classes.secondary}>
              {text}
            </div>
          ))}
        </div>
      </li>
    );
  },
);

function syncOf({
  syncStatus,
}: ApplicationResourceNode): SyncState | undefined {
  switch (syncStatus) {
    case undefined:
      return undefined;
    case 'Synced':
      return { state: 'synced' };
    case 'OutOfSync':
      return { state: 'outOfSync', resources: 0 };
    default:
      return { state: 'unknown' };
  }
}

/** Why it isn't well, Argo CD's short reason, and what it runs. */
function detailsOf({
  health,
  info,
  images,
  kind,
}: ApplicationResourceNode): string[] {
  const reason = info.find(({ name }) => name === 'Status Reason')?.value;
  return [
    ...new Set(
      [
        health?.message,
        health?.status === 'Healthy' ? undefined : reason,
        ...(kind === 'Pod' ? images : []),
      ].flatMap(text => text || []),
    ),
  ];
}

function labelOf(node: ApplicationResourceNode, t: Translate): string {
  const sync = syncOf(node);
  const { health, kind, name } = node;
  return [
    `${kind} ${name}`,
    health && t(`health.${health.status}`),
    sync && syncWord(sync, t),
    health?.message,
  ]
    .filter(Boolean)
    .join(', ');
}

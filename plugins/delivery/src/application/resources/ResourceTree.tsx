import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import type { ApplicationResourceNode } from '@landfall/backstage-plugin-delivery-common';
import { useMemo, useState } from 'react';
import { deliveryTranslationRef } from '../../translation';
import { ResourceLine } from './ResourceLine';
import { openAtFirst, toTrees, visibleLines } from './tree';
import { useTreeKeys } from './useTreeKeys';

const useStyles = makeStyles(
  { root: { listStyle: 'none', margin: 0, padding: 0 } },
  { name: 'LandfallResourceTree' },
);

/**
 * The resources below those that own them, for mouse and keyboard. What a person has
 * opened or closed stays so when the resources are read again.
 *
 * @internal
 */
export function ResourceTree(props: {
  nodes: readonly ApplicationResourceNode[];
  /** Shows how a resource differs from Git. */
  onShowDiff(id: string): void;
  /** The resource to go to at first, such as after its differences. */
  focusAtFirst?: string;
}) {
  const { nodes, onShowDiff, focusAtFirst } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const trees = useMemo(() => toTrees(nodes), [nodes]);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(
    new Map(),
  );
  const lines = useMemo(() => {
    const open = new Set(openAtFirst(trees));
    toggled.forEach((isOpen, id) => (isOpen ? open.add(id) : open.delete(id)));
    return visibleLines(trees, open);
  }, [trees, toggled]);
  const [focused, setFocused] = useState(focusAtFirst);
  // The resource that had the focus may be gone.
  const current = lines.some(({ item }) => item.node.id === focused)
    ? focused
    : lines.at(0)?.item.node.id;
  const onToggle = (id: string) => {
    const isOpen = lines.find(({ item }) => item.node.id === id)?.isOpen;
    setToggled(new Map(toggled).set(id, !isOpen));
  };
  const keys = useTreeKeys({
    lines,
    current,
    focusAtFirst,
    onFocus: setFocused,
    onToggle,
    onAct: ({ item, isOpen }) => {
      if (hasDiff(item.node)) {
        onShowDiff(item.node.id);
      } else if (isOpen !== undefined) {
        onToggle(item.node.id);
      }
    },
  });
  return (
    <ul
      role="tree"
      aria-label={t('application.resources.title')}
      className={useStyles().root}
      onKeyDown={keys.onKeyDown}
    >
      {lines.map(line => {
        const { id } = line.item.node;
        return (
          <ResourceLine
            key={id}
            ref={keys.refOf(id)}
            line={line}
            isCurrent={id === current}
            onFocus={() => setFocused(id)}
            onToggle={() => onToggle(id)}
            onShowDiff={
              hasDiff(line.item.node) ? () => onShowDiff(id) : undefined
            }
          />
        );
      })}
    </ul>
  );
}

/** Argo CD compares only what it manages itself. */
function hasDiff({ syncStatus, hook }: ApplicationResourceNode): boolean {
  return syncStatus === 'OutOfSync' && !hook;
}

import type {
  ApplicationResourceNode,
  HealthStatus,
} from '@landfall/backstage-plugin-delivery-common';

/** A resource with those that it owns. @internal */
export interface TreeNode {
  node: ApplicationResourceNode;
  children: TreeNode[];
  /** It, or something below it, isn't well or isn't in sync. */
  needsAttention: boolean;
}

/** A visible line of the tree. @internal */
export interface TreeLine {
  item: TreeNode;
  /** From 1. */
  level: number;
  /** Among its siblings, from 1. */
  position: number;
  siblings: number;
  parent?: string;
  /** Undefined: it owns nothing. */
  isOpen?: boolean;
}

/** So few that all of them can be open. */
const FEW = 25;

const CALM: (HealthStatus | undefined)[] = ['Healthy', undefined];

/**
 * Builds trees from nodes that name their parents. A node whose parents are
 * unknown is a root. So is one of a cycle, which no cluster should have.
 *
 * @internal
 */
export function toTrees(nodes: readonly ApplicationResourceNode[]): TreeNode[] {
  const known = new Set(nodes.map(({ id }) => id));
  const children = new Map<string, ApplicationResourceNode[]>();
  const roots: ApplicationResourceNode[] = [];
  for (const node of nodes) {
    const parent = node.parents.find(id => known.has(id) && id !== node.id);
    if (parent === undefined) {
      roots.push(node);
    } else {
      children.set(parent, [...(children.get(parent) ?? []), node]);
    }
  }
  const placed = new Set<string>();
  const build = (node: ApplicationResourceNode): TreeNode[] => {
    if (placed.has(node.id)) {
      return [];
    }
    placed.add(node.id);
    const below = sorted((children.get(node.id) ?? []).flatMap(build));
    return [
      {
        node,
        children: below,
        needsAttention:
          isUnwell(node) || below.some(({ needsAttention }) => needsAttention),
      },
    ];
  };
  const trees = roots.flatMap(build);
  const cyclic = nodes.filter(({ id }) => !placed.has(id)).flatMap(build);
  return sorted([...trees, ...cyclic]);
}

/** Whether somebody should look at it. */
function isUnwell({
  health,
  syncStatus,
  requiresPruning,
}: ApplicationResourceNode): boolean {
  return (
    !CALM.includes(health?.status) ||
    syncStatus === 'OutOfSync' ||
    requiresPruning === true
  );
}

/**
 * Which nodes are open at first: all of a few, else those on the way to what
 * needs attention.
 *
 * @internal
 */
export function openAtFirst(trees: readonly TreeNode[]): ReadonlySet<string> {
  const all = trees.flatMap(withDescendants);
  return new Set(
    all
      .filter(
        ({ children }) =>
          all.length <= FEW ||
          children.some(({ needsAttention }) => needsAttention),
      )
      .map(({ node }) => node.id),
  );
}

/** The lines that are visible, from top to bottom. @internal */
export function visibleLines(
  trees: readonly TreeNode[],
  open: ReadonlySet<string>,
  level = 1,
  parent?: string,
): TreeLine[] {
  return trees.flatMap((item, index) => {
    const { id } = item.node;
    const isOpen = item.children.length > 0 ? open.has(id) : undefined;
    return [
      {
        item,
        level,
        position: index + 1,
        siblings: trees.length,
        ...(parent !== undefined && { parent }),
        ...(isOpen !== undefined && { isOpen }),
      },
      ...(isOpen ? visibleLines(item.children, open, level + 1, id) : []),
    ];
  });
}

function withDescendants(tree: TreeNode): TreeNode[] {
  return [tree, ...tree.children.flatMap(withDescendants)];
}

/** What needs attention first, then by kind and name. */
function sorted(trees: TreeNode[]): TreeNode[] {
  return [...trees].sort(
    (a, b) =>
      Number(b.needsAttention) - Number(a.needsAttention) ||
      a.node.kind.localeCompare(b.node.kind) ||
      a.node.name.localeCompare(b.node.name),
  );
}

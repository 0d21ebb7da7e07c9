import type { ApplicationResourceNode } from '@landfall/backstage-plugin-delivery-common';
import fc from 'fast-check';
import { openAtFirst, toTrees, visibleLines, type TreeNode } from './tree';

function nodeOf(
  id: string,
  parents: string[] = [],
  changes: Partial<ApplicationResourceNode> = {},
): ApplicationResourceNode {
  return {
    id,
    parents,
    group: '',
    kind: 'Pod',
    name: id,
    images: [],
    info: [],
    ...changes,
  };
}

const DEGRADED = { health: { status: 'Degraded' as const } };

function outline(trees: TreeNode[]): unknown {
  return trees.map(({ node, children }) => [node.id, outline(children)]);
}

describe('toTrees', () => {
  it('puts each node below its owner, what needs attention first', () => {
    const trees = toTrees([
      nodeOf('a'),
      nodeOf('pod', ['set'], DEGRADED),
      nodeOf('set', ['deployment']),
      nodeOf('deployment'),
      nodeOf('orphan', ['unknown']),
    ]);
    expect(outline(trees)).toEqual([
      ['deployment', [['set', [['pod', []]]]]],
      ['a', []],
      ['orphan', []],
    ]);
  });

  it('has each node once, whatever the owners are', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ id, parents: fc.array(id) }), {
          selector: each => each.id,
        }),
        given => {
          const nodes = given.map(each => nodeOf(each.id, each.parents));
          const trees = toTrees(nodes);
          const all = new Set(nodes.map(node => node.id));
          const shown = visibleLines(trees, all).map(
            ({ item }) => item.node.id,
          );
          expect([...shown].sort()).toEqual([...all].sort());
        },
      ),
    );
  });
});

describe('the lines of a tree', () => {
  const trees = toTrees([
    nodeOf('deployment'),
    nodeOf('set', ['deployment']),
    nodeOf('one', ['set']),
    nodeOf('two', ['set']),
  ]);

  it('are those of open nodes, with their places', () => {
    const lines = visibleLines(trees, new Set(['deployment', 'set']));
    expect(
      lines.map(({ item, level, position, siblings, isOpen }) => [
        item.node.id,
        level,
        position,
        siblings,
        isOpen,
      ]),
    ).toEqual([
      ['deployment', 1, 1, 1, true],
      ['set', 2, 1, 1, true],
      ['one', 3, 1, 2, undefined],
      ['two', 3, 2, 2, undefined],
    ]);
    expect(visibleLines(trees, new Set())).toHaveLength(1);
  });

  it('are all there at first if they are few', () => {
    expect(visibleLines(trees, openAtFirst(trees))).toHaveLength(4);
  });

  it('lead only to what needs attention if they are many', () => {
    const many = toTrees(
      Array.from({ length: 100 }, (_, index) => [
        nodeOf(`set-${index}`),
        nodeOf(`pod-${index}`, [`set-${index}`], index === 7 ? DEGRADED : {}),
      ]).flat(),
    );
    const lines = visibleLines(many, openAtFirst(many));
    expect(lines).toHaveLength(101);
    expect(lines.slice(0, 2).map(({ item }) => item.node.id)).toEqual([
      'set-7',
      'pod-7',
    ]);
  });
});

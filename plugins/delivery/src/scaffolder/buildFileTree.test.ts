import { buildFileTree, type FileNode } from './buildFileTree';

function lines(
  nodes: readonly FileNode<{ path: string }>[],
  indent = '',
): string[] {
  return nodes.flatMap(node =>
    'children' in node
      ? [`${indent}${node.name}/`, ...lines(node.children, `${indent} `)]
      : [`${indent}${node.name} = ${node.file.path}`],
  );
}

describe('buildFileTree', () => {
  it.each<[string, string[], string[]]>([
    ['nothing', [], []],
    ['files by name', ['b', 'a'], ['a = a', 'b = b']],
    [
      'folders before files',
      ['a', 'z/b', 'z/c'],
      ['z/', ' b = z/b', ' c = z/c', 'a = a'],
    ],
    [
      'folders with one folder as one line',
      ['a/b/c/d', 'a/b/c/e'],
      ['a/b/c/', ' d = a/b/c/d', ' e = a/b/c/e'],
    ],
    [
      'a folder with a file and a folder',
      ['a/x', 'a/b/y'],
      ['a/', ' b/', '  y = a/b/y', ' x = a/x'],
    ],
  ])('shows %s', (_, paths, expected) => {
    const tree = buildFileTree(paths.map(path => ({ path })));
    expect(lines(tree)).toEqual(expected);
  });
});

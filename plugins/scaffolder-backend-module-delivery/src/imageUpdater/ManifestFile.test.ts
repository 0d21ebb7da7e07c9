import { ManifestFile } from './ManifestFile';

const FLUSH = `# Two of them
kind: Application
metadata: {name: a}
list:
- 1
- 2   # keep
---
kind: Application
metadata:
    name: b
`;

describe('ManifestFile', () => {
  it('keeps an unchanged file to the byte', () => {
    const file = ManifestFile.parse('a.yaml', FLUSH);
    file
      .only({ kind: 'Application', name: 'b' })
      .setIn(['metadata', 'name'], 'b');
    expect(file.isChanged).toBe(false);
    expect(file.toString()).toBe(FLUSH);
  });

  it('keeps the style and the other documents of a changed one', () => {
    const text = FLUSH.replace('    name: b', '  name: b').replace(
      '   #',
      ' #',
    );
    const file = ManifestFile.parse('a.yaml', text);
    file
      .only({ kind: 'Application', name: 'b' })
      .setIn(['metadata', 'namespace'], 'argocd');
    expect(file.isChanged).toBe(true);
    expect(file.toString()).toBe(`${text}  namespace: argocd\n`);
  });

  it('adds a document', () => {
    const file = ManifestFile.parse('a.yaml', 'kind: A\n');
    file.add({ kind: 'B' });
    expect(file.toString()).toBe('kind: A\n---\nkind: B\n');
    const empty = ManifestFile.parse('a.yaml', '');
    empty.add({ kind: 'B' });
    expect(empty.toString()).toBe('kind: B\n');
  });

  it('finds by kind, name and namespace', () => {
    const file = ManifestFile.parse(
      'a.yaml',
      'kind: A\nmetadata: {name: x}\n---\nkind: A\nmetadata: {name: x, namespace: y}\n---\n[]\n',
    );
    const count = (name?: string, namespace?: string) =>
      file.find({ kind: 'A', name, namespace }).length;
    expect([
      count(),
      count('x'),
      count('z'),
      count('x', 'y'),
      count('x', 'other'),
    ]).toEqual([2, 2, 0, 2, 1]);
  });

  it.each([
    ['kind: [', undefined, 'a.yaml is not YAML'],
    ['kind: B', undefined, 'a.yaml has 0 documents of kind A'],
    ['kind: A', 'x', 'a.yaml has 0 documents of kind A named x'],
    [
      'kind: A\n---\nkind: A',
      undefined,
      'a.yaml has 2 documents of kind A; it must have one. Name it in the input "application"',
    ],
  ])('refuses %j', (text, name, message) => {
    expect(() =>
      ManifestFile.parse('a.yaml', text).only({ kind: 'A', name }),
    ).toThrow(message);
  });
});

import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { annotate } from './annotate';

const REF = 'component:default/api';

const FILE = `# The shop's API
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: api # unchanged
  annotations:
    # where its docs are
    backstage.io/techdocs-ref: dir:.
spec:
  type: service
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: api
`;

describe('annotate', () => {
  it('adds an annotation and keeps everything else', () => {
    expect(annotate(FILE, REF, { 'argocd/app-name': 'api-dev' })).toBe(
      FILE.replace('dir:.\n', 'dir:.\n    argocd/app-name: api-dev\n'),
    );
  });

  it('adds the first annotations of an entity', () => {
    const file = 'apiVersion: a/v1\nkind: Component\nmetadata:\n  name: api\n';
    expect(annotate(file, REF, { a: '1', b: 'x: y' })).toBe(
      `${file}  annotations:\n    a: "1"\n    b: "x: y"\n`,
    );
  });

  it('replaces annotations that are null', () => {
    const file =
      'apiVersion: a/v1\nkind: Component\nmetadata:\n  name: api\n  annotations:\n';
    expect(annotate(file, REF, { a: 'b' })).toContain('annotations:\n    a: b');
  });

  it('keeps the file to the byte if it has them', () => {
    const odd = FILE.replace('dir:.', '  "dir:."   ');
    expect(annotate(odd, REF, { 'backstage.io/techdocs-ref': 'dir:.' })).toBe(
      odd,
    );
  });

  it.each<[string, string, string, string]>([
    [
      'another value',
      FILE,
      'backstage.io/techdocs-ref',
      'another value: dir:.',
    ],
    ['other entities only', 'kind: Component', 'a', "doesn't contain"],
    ['no YAML', 'a: [', 'a', "isn't valid YAML"],
    ['nothing', '', 'a', "doesn't contain"],
  ])('refuses a file with %s', (_, file, name, message) => {
    expect(() => annotate(file, REF, { [name]: 'new' })).toThrow(message);
  });

  it('writes any text as one string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), value => {
        const [document] = parseAllDocuments(
          annotate(FILE, REF, { 'argocd/app-name': value }),
        );
        expect(
          document.getIn(['metadata', 'annotations', 'argocd/app-name']),
        ).toBe(value);
      }),
    );
  });
});

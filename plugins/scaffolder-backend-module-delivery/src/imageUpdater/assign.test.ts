import type { JsonValue } from '@backstage/types';
import { parseDocument } from 'yaml';
import { assign } from './assign';

const TEXT = `# The updater
spec:
  # Which ones
  applicationRefs:
    - namePattern: a # the first
      images: [ { alias: app, imageName: shop/api } ]
    - namePattern: b
  writeBackConfig: { method: git }
`;

function assigned(value: JsonValue): string {
  const document = parseDocument(TEXT);
  assign(document, ['spec'], value);
  return document.toString();
}

const SPEC = {
  applicationRefs: [
    { namePattern: 'a', images: [{ alias: 'app', imageName: 'shop/api' }] },
    { namePattern: 'b' },
  ],
  writeBackConfig: { method: 'git' },
};

describe('assign', () => {
  it.each<[string, JsonValue, string]>([
    ['the same value', SPEC, TEXT],
    [
      'another text',
      { ...SPEC, writeBackConfig: { method: 'argocd' } },
      TEXT.replace('method: git', 'method: argocd'),
    ],
    [
      'a shorter list',
      { ...SPEC, applicationRefs: SPEC.applicationRefs.slice(0, 1) },
      TEXT.replace('    - namePattern: b\n', ''),
    ],
    [
      'a longer list',
      {
        ...SPEC,
        applicationRefs: [...SPEC.applicationRefs, { namePattern: 'c' }],
      },
      TEXT.replace(
        'namePattern: b\n',
        'namePattern: b\n    - namePattern: c\n',
      ),
    ],
    [
      'fewer keys',
      { applicationRefs: SPEC.applicationRefs },
      TEXT.replace('  writeBackConfig: { method: git }\n', ''),
    ],
    [
      'a value of another kind',
      { ...SPEC, writeBackConfig: 'none' },
      TEXT.replace('{ method: git }', 'none'),
    ],
    [
      'a text that looks like a boolean',
      { ...SPEC, writeBackConfig: { method: 'true' } },
      TEXT.replace('method: git', 'method: "true"'),
    ],
  ])('sets %s and keeps comments', (_, value, expected) => {
    expect(assigned(value)).toBe(expected);
  });

  it('replaces an alias where its value differs', () => {
    const document = parseDocument('a: &x {b: 1}\nspec: *x\n');
    assign(document, ['spec'], { b: 1 });
    expect(document.toJS()).toEqual({ a: { b: 1 }, spec: { b: 1 } });
    assign(document, ['spec'], { b: 2 });
    expect(document.toJS()).toEqual({ a: { b: 1 }, spec: { b: 2 } });
  });
});

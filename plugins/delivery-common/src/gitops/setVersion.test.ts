import {
  APPLICATION,
  KUSTOMIZATION,
  REPOSITORY,
  TAG_KEY,
  VALUES,
  manifest,
} from './__testUtils__/edits';
import { VersionChangeError } from './refusal';
import { setVersion } from './setVersion';
import type { VersionTarget } from './target';

describe('setVersion', () => {
  it.each<[string, VersionTarget, string, string, string?]>([
    [
      'a missing key',
      TAG_KEY,
      'image:\n  repository: x\n',
      'version-not-found',
    ],
    ['a missing mapping', TAG_KEY, 'a: b\n', 'version-not-found'],
    ['an empty file', TAG_KEY, '', 'version-not-found'],
    ['a file of comments', TAG_KEY, '# nothing\n', 'version-not-found'],
    ['a list', TAG_KEY, '- a\n', 'version-not-found'],
    [
      'a mapping as the value',
      TAG_KEY,
      'image:\n  tag: {a: b}\n',
      'version-not-found',
    ],
    [
      'a key only by a merge',
      TAG_KEY,
      'a: &a {tag: x}\nimage: {<<: *a}\n',
      'version-not-found',
    ],
    [
      'a later document',
      TAG_KEY,
      'a: b\n---\nimage: {tag: x}\n',
      'version-not-found',
    ],
    [
      'an entry after the last',
      { ...VALUES, keys: { tag: 'l[2]' } },
      'l: [a]\n',
      'version-not-found',
    ],
    [
      'another repository',
      VALUES,
      'image: {repository: other/api, tag: x}\n',
      'version-not-found',
    ],
    [
      'another spec',
      { ...VALUES, keys: { spec: 'image' } },
      'image: nginx:1\n',
      'version-not-found',
    ],
    [
      'one key and two',
      TAG_KEY,
      'image.tag: a\nimage: {tag: b}\n',
      'version-ambiguous',
    ],
    [
      'two images of it',
      VALUES,
      `a: ${REPOSITORY}:1\nb: ${REPOSITORY}:1\n`,
      'version-ambiguous',
    ],
    [
      'two Applications',
      APPLICATION,
      `${manifest(
        '  source: {helm: {parameters: [{name: image.tag, value: a}]}}\n',
      )}---\n${manifest(
        '  source: {helm: {parameters: [{name: image.tag, value: a}]}}\n',
      )}`,
      'version-ambiguous',
    ],
    [
      'an anchor that others use',
      TAG_KEY,
      'image: {tag: &v a}\nb: *v\n',
      'version-shared',
    ],
    [
      'a mapping that others use',
      TAG_KEY,
      'image: &i\n  tag: a\nb: *i\n',
      'version-shared',
    ],
    [
      'a mapping by an alias',
      TAG_KEY,
      'x: &i\n  tag: a\nimage: *i\n',
      'version-shared',
    ],
    [
      'a mapping that others merge',
      TAG_KEY,
      'image: &i\n  tag: a\nb:\n  <<: *i\n',
      'version-shared',
    ],
    [
      'a digest beside newTag',
      KUSTOMIZATION,
      `images:\n- name: ${REPOSITORY}\n  newTag: a\n  digest: sha256:${'0'.repeat(
        64,
      )}\n`,
      'version-pinned',
    ],
    [
      'a digest alone',
      KUSTOMIZATION,
      `images:\n- name: ${REPOSITORY}\n  digest: sha256:${'0'.repeat(64)}\n`,
      'version-pinned',
    ],
    [
      'a digest in values',
      VALUES,
      `image:\n  repository: ${REPOSITORY}\n  tag: a\n  digest: sha256:0\n`,
      'version-pinned',
    ],
    [
      'a digest in a reference',
      VALUES,
      `image: ${REPOSITORY}:1@sha256:${'0'.repeat(64)}\n`,
      'version-pinned',
    ],
    [
      'a tag that is no text',
      TAG_KEY,
      'image:\n  tag: !!float 1.0\n',
      'version-not-text',
    ],
    [
      'a block of lines',
      TAG_KEY,
      'image:\n  tag: |\n    a\n    b\n',
      'version-not-text',
    ],
    [
      'an anchor without a value',
      TAG_KEY,
      'image:\n  tag: &v\n',
      'version-not-text',
    ],
    ['a tab as indentation', TAG_KEY, 'image:\n\ttag: a\n', 'yaml-invalid'],
    [
      'a key twice',
      TAG_KEY,
      'image: {tag: a}\nimage: {tag: b}\n',
      'yaml-invalid',
    ],
    ['an open quote', TAG_KEY, 'image:\n  tag: "a\n', 'yaml-invalid'],
    [
      'a merge conflict',
      TAG_KEY,
      'image:\n<<<<<<< HEAD\n  tag: a\n=======\n  tag: b\n>>>>>>> x\n',
      'yaml-invalid',
    ],
    ['thousands of lists', TAG_KEY, '['.repeat(20_000), 'yaml-invalid'],
    [
      'a template',
      TAG_KEY,
      'image:\n  tag: {{ .Values.tag }}\n',
      'version-not-found',
    ],
    [
      'a tag with a space',
      TAG_KEY,
      'image: {tag: a}\n',
      'version-invalid',
      'a b',
    ],
    [
      'a tag with a quote',
      TAG_KEY,
      'image: {tag: a}\n',
      'version-invalid',
      'a"b',
    ],
    [
      'a tag with a line',
      TAG_KEY,
      'image: {tag: a}\n',
      'version-invalid',
      'a\nb: c',
    ],
    ['an empty tag', TAG_KEY, 'image: {tag: a}\n', 'version-invalid', ''],
    [
      'a tag that is too long',
      TAG_KEY,
      'image: {tag: a}\n',
      'version-invalid',
      'a'.repeat(129),
    ],
  ])('refuses %s', (_, target, text, code, tag = '1.4.3') => {
    const attempt = () => setVersion({ path: 'f.yaml', text }, target, tag);
    expect(attempt).toThrow(VersionChangeError);
    expect(attempt).toThrow(
      expect.objectContaining({
        reason: expect.objectContaining({ code: `change.${code}` }),
      }),
    );
  });
});

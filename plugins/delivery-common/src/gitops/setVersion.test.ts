import { VersionChangeError } from './refusal';
import { findVersion, setVersion } from './setVersion';
import type { VersionTarget } from './target';

const REPOSITORY = 'registry.example.com/shop/api';
const VALUES: VersionTarget = { format: 'helm-values', repository: REPOSITORY };
const TAG_KEY: VersionTarget = { ...VALUES, keys: { tag: 'image.tag' } };
const KUSTOMIZATION: VersionTarget = {
  format: 'kustomization',
  repository: REPOSITORY,
};
const SOURCE: VersionTarget = {
  format: 'argocd-source',
  repository: REPOSITORY,
  keys: { tag: 'image.tag' },
};
const APPLICATION: VersionTarget = {
  format: 'application',
  repository: REPOSITORY,
  keys: { tag: 'image.tag' },
  application: { namespace: 'argocd', name: 'api' },
};

/** The text with `«old»` in place of `old`, and `new` in place of both. */
function marked(text: string, replacement: string) {
  return {
    before: text.replace(/«(.*?)»/s, '$1'),
    after: text.replace(/«.*?»/s, replacement),
  };
}

const manifest = (spec: string, more = '') =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: api\n  namespace: argocd\nspec:\n${spec}${more}`;

describe('setVersion', () => {
  it.each<[string, VersionTarget, string, string, string?]>([
    // Helm values by key.
    ['a nested key', TAG_KEY, 'image:\n  tag: «1.4.2»\n', '1.4.3'],
    ['no line end', TAG_KEY, 'image:\n  tag: «1.4.2»', '1.4.3'],
    ['a comment behind', TAG_KEY, 'image:\n  tag: «1.4.2» # live\n', '1.4.3'],
    [
      'comments around',
      TAG_KEY,
      '# top\nimage:\n  # before\n  tag: «1.4.2»\n  # after\n\n# end\n',
      '1.4.3',
    ],
    ['double quotes', TAG_KEY, 'image:\n  tag: «"1.4.2"»\n', '"1.4.3"'],
    ['single quotes', TAG_KEY, "image:\n  tag: «'1.4.2'»\n", "'1.4.3'"],
    ['a flow mapping', TAG_KEY, 'image: {tag: «1.4.2», a: b}\n', '1.4.3'],
    ['JSON', TAG_KEY, '{"image": {"tag": «"1.4.2"»}}\n', '"1.4.3"'],
    ['JSON of null', TAG_KEY, '{"image": {"tag": «null»}}\n', '"1.4.3"'],
    ['JSON of a number', TAG_KEY, '{"image":{"tag":«5»}}', '"1.4.3"'],
    ['CRLF', TAG_KEY, 'a: b\r\nimage:\r\n  tag: «1.4.2»\r\nc: d\r\n', '1.4.3'],
    [
      'CRLF without a value',
      TAG_KEY,
      'image:\r\n  tag:«»\r\nc: d\r\n',
      ' 1.4.3',
    ],
    ['a BOM', TAG_KEY, '\uFEFFimage:\n  tag: «1.4.2»\n', '1.4.3'],
    ['mixed line ends', TAG_KEY, 'a: b\r\nimage:\n  tag: «1.4.2»\r\n', '1.4.3'],
    ['trailing spaces', TAG_KEY, 'image:   \n  tag:   «1.4.2»   \n', '1.4.3'],
    [
      'a tab before a comment',
      TAG_KEY,
      'image:\n  tag: «1.4.2»\t# c\n',
      '1.4.3',
    ],
    ['a tab after the colon', TAG_KEY, 'image:\n  tag:\t«1.4.2»\n', '1.4.3'],
    [
      'odd indentation',
      TAG_KEY,
      'image:\n       tag: «1.4.2»\nb:\n c: d\n',
      '1.4.3',
    ],
    ['blank lines', TAG_KEY, '\n\nimage:\n\n  tag: «1.4.2»\n\n\n', '1.4.3'],
    [
      'a long line',
      TAG_KEY,
      `a: ${'x '.repeat(500)}\nimage: {tag: «1.4.2»}\n`,
      '1.4.3',
    ],
    [
      'several documents',
      TAG_KEY,
      'image:\n  tag: «1.4.2»\n---\nimage:\n  tag: 1.4.2\n',
      '1.4.3',
    ],
    [
      'a document start',
      TAG_KEY,
      '---\nimage:\n  tag: «1.4.2»\n...\n',
      '1.4.3',
    ],
    [
      'a directive',
      TAG_KEY,
      '%YAML 1.1\n---\nimage:\n  tag: «1.4.2»\n',
      '1.4.3',
    ],
    [
      'an anchor that nobody uses',
      TAG_KEY,
      'image:\n  tag: &v «1.4.2»\n',
      '1.4.3',
    ],
    [
      'anchors elsewhere',
      TAG_KEY,
      'a: &a {x: 1}\nb: *a\nimage:\n  tag: «1.4.2»\n',
      '1.4.3',
    ],
    [
      'a merge elsewhere',
      TAG_KEY,
      'a: &a {x: 1}\nimage:\n  <<: *a\n  tag: «1.4.2»\n',
      '1.4.3',
    ],
    ['an alias', TAG_KEY, 'v: &v 1.4.2\nimage:\n  tag: «*v» # c\n', '1.4.3'],
    ['a tag !!str', TAG_KEY, 'image:\n  tag: !!str «1.10»\n', '1.4.3'],
    ['an empty value', TAG_KEY, 'image:\n  tag:«»\n  a: b\n', ' 1.4.3'],
    [
      'an empty value with a comment',
      TAG_KEY,
      'image:\n  tag:«» # none\n',
      ' 1.4.3',
    ],
    ['an empty value at the end', TAG_KEY, 'image:\n  tag:«»', ' 1.4.3'],
    ['an empty value in a flow', TAG_KEY, 'image: {tag:«», a: b}\n', ' 1.4.3'],
    ['null', TAG_KEY, 'image:\n  tag: «~»\n', '1.4.3'],
    ['an empty text', TAG_KEY, 'image:\n  tag: «""»\n', '"1.4.3"'],
    [
      'a block of one line',
      TAG_KEY,
      'image:\n  tag: |-\n    «1.4.2»\n  a: b\n',
      '1.4.3',
    ],
    ['a folded block', TAG_KEY, 'image:\n  tag: >-\n    «1.4.2»\n', '1.4.3'],
    ['a quoted key', TAG_KEY, '"image":\n  \'tag\': «1.4.2»\n', '1.4.3'],
    ['a key with a dot', TAG_KEY, 'image.tag: «1.4.2»\n', '1.4.3'],
    ['an explicit key', TAG_KEY, '? image\n: tag: «1.4.2»\n', '1.4.3'],
    [
      'the same text elsewhere',
      TAG_KEY,
      'a: 1.4.2\nimage:\n  tag: «1.4.2»\nb: 1.4.2\n',
      '1.4.3',
    ],
    [
      'other scripts',
      TAG_KEY,
      'a: 出荷 🚢\nimage:\n  tag: «1.4.2» # größer\n',
      '1.4.3',
    ],
    // Tags that YAML reads as something else.
    [
      'a number in a plain place',
      TAG_KEY,
      'image:\n  tag: «1.4.2»\n',
      '"6063e25"',
      '6063e25',
    ],
    ['a plain number before', TAG_KEY, 'image:\n  tag: «6063e25»\n', '1.4.3'],
    ['1.10', TAG_KEY, 'image:\n  tag: «1.9.0»\n', '"1.10"', '1.10'],
    ['hexadecimal', TAG_KEY, 'image:\n  tag: «1.9.0»\n', '"0x1f"', '0x1f'],
    ['octal', TAG_KEY, 'image:\n  tag: «1.9.0»\n', '"0o17"', '0o17'],
    ['digits', TAG_KEY, 'image:\n  tag: «1.9.0»\n', '"20261130"', '20261130'],
    [
      'a date',
      TAG_KEY,
      'image:\n  tag: «1.9.0»\n',
      '"2026-11-30"',
      '2026-11-30',
    ],
    ['underscores', TAG_KEY, 'image:\n  tag: «1.9.0»\n', '"1_000"', '1_000'],
    ['on', TAG_KEY, 'image:\n  tag: «1.9.0»\n', '"on"', 'on'],
    ['yes', TAG_KEY, 'image:\n  tag: «1.9.0»\n', '"yes"', 'yes'],
    ['y', TAG_KEY, 'image: {tag: «1.9.0»}\n', '"y"', 'y'],
    ['null as a tag', TAG_KEY, 'image:\n  tag: «1.9.0»\n', '"null"', 'null'],
    [
      'a number in quotes',
      TAG_KEY,
      "image:\n  tag: «'1.9'»\n",
      "'1.10'",
      '1.10',
    ],
    ['a commit', TAG_KEY, 'image:\n  tag: «1.9.0»\n', 'a63e25f', 'a63e25f'],
    // Other paths.
    [
      'an entry of a list',
      { ...VALUES, keys: { tag: 'list[1].tag' } },
      'list:\n- tag: a\n- tag: «b»\n',
      '1.4.3',
    ],
    [
      'an entry of a flow list',
      { ...VALUES, keys: { tag: 'list[0]' } },
      'list: [«a», b]\n',
      '1.4.3',
    ],
    [
      'an entry of a quoted flow list',
      { ...VALUES, keys: { tag: 'list[1]' } },
      'list: ["a", «"b"»]\n',
      '"1.4.3"',
    ],
    [
      'an escaped dot',
      { ...VALUES, keys: { tag: 'images.my\\.app.tag' } },
      'images:\n  my.app:\n    tag: «a»\n',
      '1.4.3',
    ],
    [
      'a dot that is not escaped',
      { ...VALUES, keys: { tag: 'images.my.app.tag' } },
      'images:\n  my.app:\n    tag: «a»\n',
      '1.4.3',
    ],
    [
      'a whole reference',
      { ...VALUES, keys: { spec: 'image' } },
      `image: «${REPOSITORY}:1.4.2»\n`,
      `${REPOSITORY}:1.4.3`,
    ],
    [
      'a reference without a tag',
      { ...VALUES, keys: { spec: 'image' } },
      `image: «${REPOSITORY}»\n`,
      `${REPOSITORY}:1.4.3`,
    ],
    [
      'a quoted reference',
      { ...VALUES, keys: { spec: 'image' } },
      `image: «"${REPOSITORY}:1.4.2"»\n`,
      `"${REPOSITORY}:1.4.3"`,
    ],
    // Helm values by repository.
    [
      'repository and tag',
      VALUES,
      `db:\n  tag: 1.4.2\nimage:\n  repository: ${REPOSITORY}\n  tag: «1.4.2»\n`,
      '1.4.3',
    ],
    [
      'registry, repository and tag',
      VALUES,
      'image:\n  registry: registry.example.com\n  repository: shop/api\n  tag: «1.4.2»\n',
      '1.4.3',
    ],
    [
      'a repository without registry',
      VALUES,
      'image:\n  repository: shop/api\n  tag: «1.4.2»\n',
      '1.4.3',
    ],
    [
      'a reference in a list',
      VALUES,
      `containers:\n- image: other:1.4.2\n- image: «${REPOSITORY}:1.4.2»\n`,
      `${REPOSITORY}:1.4.3`,
    ],
    [
      'an empty digest beside',
      VALUES,
      `image:\n  repository: ${REPOSITORY}\n  tag: «1.4.2»\n  digest: ""\n`,
      '1.4.3',
    ],
    // Kustomize.
    [
      'newTag',
      KUSTOMIZATION,
      `images:\n- name: ${REPOSITORY}\n  newTag: «1.4.2»\n`,
      '1.4.3',
    ],
    [
      'newName',
      KUSTOMIZATION,
      `images:\n- name: app\n  newName: ${REPOSITORY}\n  newTag: «"1.4.2"»\n- name: b\n  newTag: x\n`,
      '"1.4.3"',
    ],
    [
      'newTag of two names',
      { ...KUSTOMIZATION, kustomizeName: 'b' },
      `images:\n- {name: a, newName: ${REPOSITORY}, newTag: x}\n- {name: b, newName: ${REPOSITORY}, newTag: «x»}\n`,
      '1.4.3',
    ],
    // The file that Argo CD merges.
    [
      'Helm parameters',
      SOURCE,
      `helm:\n  parameters:\n  - name: image.repository\n    value: ${REPOSITORY}\n    forcestring: true\n  - name: image.tag\n    value: «1.4.2»\n    forcestring: true\n`,
      '1.4.3',
    ],
    [
      'Helm parameters by repository',
      { ...SOURCE, keys: undefined },
      `helm:\n  parameters:\n  - name: image.repository\n    value: ${REPOSITORY}\n  - name: image.tag\n    value: «1.4.2»\n`,
      '1.4.3',
    ],
    [
      'Kustomize images',
      SOURCE,
      `kustomize:\n  images:\n  - «${REPOSITORY}:1.4.2»\n`,
      `${REPOSITORY}:1.4.3`,
    ],
    [
      'Kustomize images with names',
      SOURCE,
      `kustomize:\n  images: [«app=${REPOSITORY}:1.4.2», other:1]\n`,
      `app=${REPOSITORY}:1.4.3`,
    ],
    // Applications.
    [
      'parameters of an Application',
      APPLICATION,
      manifest(
        '  source:\n    helm:\n      parameters:\n      - name: image.tag\n        value: «"1.4.2"»\n',
      ),
      '"1.4.3"',
    ],
    [
      'valuesObject',
      APPLICATION,
      manifest(
        '  source:\n    helm:\n      valuesObject:\n        image:\n          tag: «1.4.2»\n',
      ),
      '1.4.3',
    ],
    [
      'values',
      APPLICATION,
      manifest(
        '  source:\n    helm:\n      values: |\n        # mine\n        image:\n          tag: «1.4.2»\n        a: b\n      releaseName: x\n',
      ),
      '1.4.3',
    ],
    [
      'values with CRLF',
      APPLICATION,
      manifest(
        '  source:\n    helm:\n      values: |\n        image:\n          tag: «1.4.2»\n',
      ).replaceAll('\n', '\r\n'),
      '1.4.3',
    ],
    [
      'values with an indicator',
      APPLICATION,
      manifest(
        '  source:\n    helm:\n      values: |2-\n        image: {tag: «1.4.2»}\n  project: x\n',
      ).replace('|2-', '|2-'),
      '1.4.3',
    ],
    [
      'a second source',
      APPLICATION,
      manifest(
        '  sources:\n  - repoURL: a\n  - helm: {parameters: [{name: image.tag, value: «1.4.2»}]}\n',
      ),
      '1.4.3',
    ],
    [
      'kustomize.images of an Application',
      APPLICATION,
      manifest(
        `  source:\n    kustomize:\n      images:\n      - «${REPOSITORY}:1.4.2»\n`,
      ),
      `${REPOSITORY}:1.4.3`,
    ],
    [
      'the right document',
      APPLICATION,
      `${manifest(
        '  source: {helm: {parameters: [{name: image.tag, value: a}]}}\n',
      ).replace('name: api', 'name: other')}---\n${manifest(
        '  source: {helm: {parameters: [{name: image.tag, value: «a»}]}}\n',
      )}`,
      '1.4.3',
    ],
    [
      'parameters before values',
      APPLICATION,
      manifest(
        '  source:\n    helm:\n      values: |\n        image: {tag: 1.0.0}\n      parameters:\n      - {name: image.tag, value: «1.4.2»}\n',
      ),
      '1.4.3',
    ],
  ])(
    'changes nothing but the value: %s',
    (_, target, text, written, tag = '1.4.3') => {
      const { before, after } = marked(text, written);
      expect(
        setVersion({ path: 'f.yaml', text: before }, target, tag).text,
      ).toBe(after);
      // The same again changes nothing, and finds what was written.
      const file = { path: 'f.yaml', text: after };
      expect(findVersion(file, target)?.tag).toBe(tag);
      expect(setVersion(file, target, tag).text).toBe(after);
    },
  );

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
        reason: expect.objectContaining({ code: `versionChange.${code}` }),
      }),
    );
  });
});

import {
  type EditCase,
  editTwice,
  APPLICATION,
  KUSTOMIZATION,
  REPOSITORY,
  SOURCE,
  manifest,
} from './__testUtils__/edits';

describe('setVersion in other formats', () => {
  it.each<EditCase>([
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
  ])('changes nothing but the value: %s', (_, ...rest) => {
    const { actual, expected } = editTwice(...rest);
    expect(actual).toEqual(expected);
  });
});

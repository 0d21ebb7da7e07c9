import { VersionChangeError } from './refusal';
import {
  hasHoldTarget,
  type HoldTarget,
  holdUpdates,
  resumeUpdates,
} from './hold';

const PREFIX = 'argocd-image-updater.argoproj.io';
const BY_ANNOTATION: HoldTarget = {
  kind: 'Application',
  namespace: 'argocd',
  name: 'api',
  alias: 'app',
  application: 'api',
  repository: 'registry.example.com/shop/api',
};
const BY_RESOURCE: HoldTarget = {
  ...BY_ANNOTATION,
  kind: 'ImageUpdater',
  name: 'updates',
};

const application = (annotations: string) => `# Ours
kind: Application
metadata:
  name: api
  annotations:
${annotations}spec: {project: default} # keep
`;
const updater = (image: string) => `kind: ImageUpdater
metadata: {name: updates, namespace: argocd}
spec:
  applicationRefs:
  - namePattern: other
    images: [{alias: app, imageName: x}]
  - namePattern: api
    images:
${image}    # last
`;

describe('holding updates', () => {
  it.each<[string, HoldTarget, string, string]>([
    [
      'no ignore-tags',
      BY_ANNOTATION,
      application(`    # list\n    ${PREFIX}/image-list: app=a # here\n`),
      application(
        `    # list\n    ${PREFIX}/app.ignore-tags: "*"\n    ${PREFIX}/image-list: app=a # here\n`,
      ),
    ],
    [
      'ignore-tags',
      BY_ANNOTATION,
      application(`    ${PREFIX}/app.ignore-tags: dev-1\n`),
      application(`    ${PREFIX}/app.ignore-tags: "dev-1, *"\n`),
    ],
    [
      'quoted ignore-tags',
      BY_ANNOTATION,
      application(`    ${PREFIX}/app.ignore-tags: 'dev-*' # d\n`),
      application(`    ${PREFIX}/app.ignore-tags: 'dev-*, *' # d\n`),
    ],
    [
      'annotations in one line',
      BY_ANNOTATION,
      `{"kind": "Application", "metadata": {"name": "api", "annotations": {"a": "b"}}}`,
      `{"kind": "Application", "metadata": {"name": "api", "annotations": {"${PREFIX}/app.ignore-tags": "*", "a": "b"}}}`,
    ],
    [
      'CRLF',
      BY_ANNOTATION,
      application(`    a: b\n`).replaceAll('\n', '\r\n'),
      application(`    ${PREFIX}/app.ignore-tags: "*"\n    a: b\n`).replaceAll(
        '\n',
        '\r\n',
      ),
    ],
    [
      'an image without settings',
      BY_RESOURCE,
      updater('    - alias: app\n      imageName: a\n'),
      updater(
        '    - commonUpdateSettings: {"ignoreTags": ["*"]}\n      alias: app\n      imageName: a\n',
      ),
    ],
    [
      'settings without ignoreTags',
      BY_RESOURCE,
      updater(
        '    - alias: app\n      commonUpdateSettings:\n        # s\n        updateStrategy: semver\n',
      ),
      updater(
        '    - alias: app\n      commonUpdateSettings:\n        # s\n        ignoreTags: ["*"]\n        updateStrategy: semver\n',
      ),
    ],
    [
      'a list of ignoreTags',
      BY_RESOURCE,
      updater(
        '    - alias: app\n      commonUpdateSettings:\n        ignoreTags:\n        - a\n        - b # b\n',
      ),
      updater(
        '    - alias: app\n      commonUpdateSettings:\n        ignoreTags:\n        - "*"\n        - a\n        - b # b\n',
      ),
    ],
    [
      'ignoreTags in one line',
      BY_RESOURCE,
      updater('    - {alias: app, commonUpdateSettings: {ignoreTags: [a]}}\n'),
      updater(
        '    - {alias: app, commonUpdateSettings: {ignoreTags: ["*", a]}}\n',
      ),
    ],
  ])('with %s, and back', (_, target, before, held) => {
    const file = { path: 'a.yaml', text: before };
    expect(hasHoldTarget(file, target)).toBe(true);
    expect(holdUpdates(file, target)).toBe(held);
    const after = { path: 'a.yaml', text: held };
    expect(holdUpdates(after, target)).toBe(held);
    const resumed = resumeUpdates(after, target);
    // A value that got quotes keeps them.
    expect(resumed.replace('"dev-1"', 'dev-1')).toBe(before);
    expect(() => resumeUpdates({ path: 'a', text: resumed }, target)).toThrow(
      'Nothing holds the updates',
    );
  });

  it.each<[string, HoldTarget, string, string]>([
    [
      'another Application',
      { ...BY_ANNOTATION, name: 'web' },
      application('    a: b\n'),
      'hold-not-found',
    ],
    [
      'an image without an alias',
      { ...BY_ANNOTATION, alias: '' },
      application('    a: b\n'),
      'hold-without-alias',
    ],
    [
      'a pattern of several applications',
      { ...BY_RESOURCE, application: 'api-dev' },
      updater('    - alias: app\n'),
      'hold-not-found',
    ],
    [
      'shared annotations',
      BY_ANNOTATION,
      'kind: Application\nmetadata:\n  name: api\n  annotations: &a {b: c}\nx: *a\n',
      'version-shared',
    ],
  ])('is refused for %s', (_, target, text, code) => {
    expect(() => holdUpdates({ path: 'a.yaml', text }, target)).toThrow(
      expect.objectContaining({
        reason: expect.objectContaining({ code: `change.${code}` }),
      }),
    );
    expect(() => holdUpdates({ path: 'a.yaml', text }, target)).toThrow(
      VersionChangeError,
    );
  });

  it('does not fail for files that are something else', () => {
    for (const text of [
      '{{ helm }} Application api',
      '\tApplication api',
      '',
    ]) {
      expect(hasHoldTarget({ path: 'a', text }, BY_ANNOTATION)).toBe(false);
    }
  });
});

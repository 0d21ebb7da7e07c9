import { lintSettings } from './lint';
import {
  applicationWith,
  ENABLING,
  updaterFor,
  updaterWith,
} from './__testUtils__/settings';
import { withDefaults } from './read/defaults';
import type { ImageUpdaterSpec } from '../settings/types';
import type { LintedApplication, LintedUpdater } from './types';

const LISTED = applicationWith({ 'image-list': 'app=shop/api:~1.4' });

/** `code path` for each finding. */
function lint(
  updaters: LintedUpdater[],
  applications: LintedApplication[] = [],
  isPartial = false,
): string[] {
  return lintSettings({ applications, updaters, isPartial }).map(
    ({ code, place }) => `${code} ${place.path.join('.')}`,
  );
}

/** As the command line reads a file. */
function written(spec: object): LintedUpdater {
  const read = spec as ImageUpdaterSpec;
  return updaterWith(withDefaults(read), { written: spec });
}

const IMAGE = { alias: 'app', imageName: 'shop/api:~1.4' };
const REF = 'spec.applicationRefs.0';
const ANNOTATION =
  'metadata.annotations.argocd-image-updater.argoproj.io/image-list';

describe('ImageUpdaters', () => {
  it.each<[string, LintedUpdater, string[]]>([
    [
      'no references',
      updaterWith({ applicationRefs: [] }),
      ['applications-missing spec'],
    ],
    [
      'an open bracket in a pattern',
      updaterWith({
        applicationRefs: [{ namePattern: 'api-[', useAnnotations: true }],
      }),
      [`name-pattern-invalid ${REF}.namePattern`],
    ],
    [
      'an unknown operator',
      updaterFor(
        {},
        {
          labelSelectors: {
            matchExpressions: [{ key: 'env', operator: 'Is', values: ['dev'] }],
          },
        },
      ),
      [`label-selector-invalid ${REF}.labelSelectors`],
    ],
    [
      'neither images nor annotations',
      updaterWith({ applicationRefs: [{ namePattern: 'api' }] }),
      [`images-missing ${REF}`],
    ],
    [
      'one pattern twice',
      updaterWith({
        applicationRefs: [
          { namePattern: 'api', useAnnotations: true },
          { namePattern: 'api', useAnnotations: true },
        ],
      }),
      ['ref-duplicate spec.applicationRefs.1.namePattern'],
    ],
    [
      'settings beside useAnnotations',
      updaterWith({
        applicationRefs: [
          { namePattern: 'api', useAnnotations: true, images: [IMAGE] },
        ],
      }),
      [`settings-ignored ${REF}.images`],
    ],
    [
      'settings of spec that no reference uses',
      updaterWith({
        writeBackConfig: { method: 'git' },
        applicationRefs: [{ namePattern: 'api', useAnnotations: true }],
      }),
      ['settings-ignored spec.writeBackConfig'],
    ],
    [
      'two kinds of target',
      updaterFor({
        manifestTargets: {
          helm: { name: 'image.repository', tag: 'image.tag' },
          kustomize: { name: 'api' },
        },
      }),
      [`manifest-targets-ambiguous ${REF}.images.0.manifestTargets`],
    ],
    [
      'allow-tags of spec',
      updaterFor({}, {}, { commonUpdateSettings: { allowTags: '^v1' } }),
      ['allow-tags-malformed spec.commonUpdateSettings.allowTags'],
    ],
    [
      'platforms of a reference',
      updaterFor({}, { commonUpdateSettings: { platforms: ['linux/arm64'] } }),
      [`platforms-ignored ${REF}.commonUpdateSettings.platforms`],
    ],
    [
      'ignoreTags of an image',
      updaterFor({ commonUpdateSettings: { ignoreTags: ['a,b'] } }),
      [`ignore-tags-never ${REF}.images.0.commonUpdateSettings.ignoreTags`],
    ],
    [
      'a pull secret of another namespace',
      updaterFor({ commonUpdateSettings: { pullSecret: 'pullsecret:shop/x' } }),
      [`pull-secret-namespace ${REF}.images.0.commonUpdateSettings.pullSecret`],
    ],
    [
      'an unknown field',
      written({
        applicationRefs: [{ namePattern: 'api', images: [IMAGE], wibble: 1 }],
      }),
      [`unknown-field ${REF}.wibble`],
    ],
    [
      'a misspelt field',
      written({
        applicationRefs: [
          {
            namePattern: 'api',
            images: [{ ...IMAGE, commonUpdateSetting: {} }],
          },
        ],
      }),
      [`misspelt-field ${REF}.images.0.commonUpdateSetting`],
    ],
    [
      'a default that replaces the strategy of the level above',
      written({
        commonUpdateSettings: { updateStrategy: 'newest-build' },
        applicationRefs: [
          {
            namePattern: 'api',
            images: [
              {
                alias: 'app',
                imageName: 'shop/api',
                commonUpdateSettings: { allowTags: 'regexp:^v' },
              },
            ],
          },
        ],
      }),
      [`default-overrides ${REF}.images.0.commonUpdateSettings`],
    ],
    [
      'a verification that annotations do not use',
      written({
        imagesVerification: { cosignKey: { secretName: 'k', key: 'k' } },
        applicationRefs: [{ namePattern: 'api', useAnnotations: true }],
      }),
      [`verification-ignored ${REF}.useAnnotations`],
    ],
  ])('finds %s', (_, updater, expected) => {
    expect(lint([updater])).toEqual(expected);
  });

  it.each<[string, LintedUpdater[], string[]]>([
    ['an ImageUpdater for them', [ENABLING], []],
    ['none at all', [], [`not-enabled ${ANNOTATION}`]],
    [
      'one for other applications',
      [
        updaterWith({
          applicationRefs: [{ namePattern: 'web', useAnnotations: true }],
        }),
      ],
      [`not-enabled ${ANNOTATION}`],
    ],
    [
      'one in another namespace',
      [{ ...ENABLING, namespace: 'shop' }],
      ['updater-other-namespace metadata.namespace'],
    ],
    [
      'one with settings of its own',
      [updaterFor({})],
      [`annotations-ignored ${ANNOTATION}`],
    ],
    [
      'a second one with the same image',
      [ENABLING, { ...updaterFor({}), name: 'own' }],
      [`overlapping-updaters ${REF}`],
    ],
  ])('reads annotations with %s', (_, updaters, expected) => {
    expect(lint(updaters, [LISTED])).toEqual(expected);
  });

  it('only warns of a missing ImageUpdater that may be elsewhere', () => {
    expect(lint([], [LISTED], true)).toEqual([`updater-missing ${ANNOTATION}`]);
  });

  it('says nothing of applications that nobody wants to update', () => {
    expect(lint([ENABLING], [applicationWith()])).toEqual([]);
  });

  it('finds the write-back settings of the level that sets them', () => {
    const updater = updaterFor(
      {},
      {
        writeBackConfig: {
          method: 'git',
          gitConfig: { writeBackTarget: 'helmvalues/values.yaml' },
        },
      },
      { writeBackConfig: { gitConfig: { branch: 'main:x:y' } } },
    );
    expect(lint([updater], [applicationWith()])).toEqual([
      'write-back-branch-invalid spec.writeBackConfig.gitConfig.branch',
    ]);
  });

  it('reports a setting once that concerns several applications', () => {
    const updater = updaterFor(
      { commonUpdateSettings: { allowTags: 'regexp: ^v' } },
      { namePattern: '*' },
    );
    const web = applicationWith({}, { metadata: { name: 'web' } });
    expect(lint([updater], [applicationWith(), web])).toEqual([
      `allow-tags-impossible ${REF}.images.0.commonUpdateSettings.allowTags`,
    ]);
  });
});

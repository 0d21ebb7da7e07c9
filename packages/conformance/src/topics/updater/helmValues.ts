import { defineTopic } from '../../runner/defineTopic';
import { expectEqual, expectMatch, expectThat } from '../../runner/assertions';
import { helmChart, valuesYaml } from '../../installation/fixtures';
import type { Installation } from '../../installation/Installation';
import {
  ANNOTATION,
  committed,
  expectConditions,
  expectUpdate,
  expectUpdatedStatus,
  imageOf,
  type UpdaterFixture,
  createUpdaterFixture,
  updatesOf,
} from './fixture';

const NAME = 'helmvalues';
const VALUES = 'chart/values.yaml';

/**
 * Annotations, enabled by an ImageUpdater resource, with Helm values as target.
 */
export const helmValues = defineTopic<Installation, UpdaterFixture>({
  name: `updater-${NAME}`,
  prepare: installation =>
    createUpdaterFixture(installation, {
      name: NAME,
      tags: ['1.0.0', '1.0.1', '1.0.2', '1.0.9', '2.0.0', 'latest'],
      files: ({ images }) =>
        helmChart({ folder: 'chart', image: images.image, tag: '1.0.0' }),
      application: ({ images, branch }) => ({
        path: 'chart',
        helm: { releaseName: installation.named(NAME) },
        annotations: {
          [`${ANNOTATION}/image-list`]: `app=${images.image}:~1.0`,
          [`${ANNOTATION}/app.update-strategy`]: 'semver',
          [`${ANNOTATION}/app.ignore-tags`]: '*.9',
          [`${ANNOTATION}/app.helm.image-name`]: 'image.repository',
          [`${ANNOTATION}/app.helm.image-tag`]: 'image.tag',
          [`${ANNOTATION}/write-back-method`]:
            installation.config.updater.writeBackMethod,
          [`${ANNOTATION}/write-back-target`]: 'helmvalues:values.yaml',
          [`${ANNOTATION}/git-branch`]: branch.name,
        },
      }),
      spec: ({ installation: { prefix } }) => ({
        applicationRefs: [
          { namePattern: `${prefix}-nobody-*`, useAnnotations: true },
        ],
      }),
    }),
  expectations: [
    {
      id: 'annotations-need-enabling',
      claim:
        'annotations of an application that no ImageUpdater enables are ignored',
      source: 'image-updater.md, "v1 turned annotations into opt-in"',
      async check(fixture) {
        await fixture.policy.cycles(2);
        expectMatch('status', await fixture.policy.status(), {
          applicationsMatched: 0,
          imagesManaged: 0,
        });
        expectEqual('commits', await updatesOf(fixture), []);
      },
    },
    {
      id: 'commit',
      claim:
        'once enabled, the updater commits the best tag that constraint and ignored tags allow, once, with its author and message',
      source: 'recordings/promotions/helmvalues.json',
      async check(fixture) {
        await fixture.policy.change({
          applicationRefs: [
            { namePattern: fixture.app.name, useAnnotations: true },
          ],
        });
        const [commit] = await committed(fixture, 1);
        expectUpdate(fixture, commit, {
          file: VALUES,
          from: '1.0.0',
          to: '1.0.2',
        });
      },
    },
    {
      id: 'in-place',
      claim:
        'in plain values only the tag changes; comments and empty lines stay',
      source: 'recordings/policy/helmvalues.json',
      async check(fixture) {
        const [commit] = await updatesOf(fixture);
        expectThat('there is a commit', commit !== undefined);
        expectEqual(
          'values.yaml',
          await fixture.branch.show(commit.sha, VALUES),
          valuesYaml(fixture.images.image, '1.0.2'),
        );
      },
    },
    {
      id: 'live',
      claim:
        'Argo CD syncs the commit automatically, and only the new image is live then',
      source: 'recordings/promotions/helmvalues.json',
      async check(fixture) {
        const [commit] = await updatesOf(fixture);
        const view = await fixture.app.settled(imageOf(fixture, '1.0.2'));
        expectMatch('the history entry', view.history.at(-1)?.raw, {
          revision: commit?.sha,
          initiatedBy: { automated: true },
        });
      },
    },
    {
      id: 'status',
      claim:
        'the status of the ImageUpdater, read through Argo CD, tells of the update',
      source: 'recordings/updater/cr-list.json',
      check: expectUpdatedStatus,
    },
    {
      id: 'revision-metadata',
      claim:
        'revision metadata of the commit has the updater as author, and its message',
      source: 'recordings/argocd/03-revision-metadata-updater-commit.json',
      async check(fixture) {
        const { app, installation, images } = fixture;
        const [commit] = await updatesOf(fixture);
        const { body } = await installation.argocd.get(
          `${app.path}/revisions/${commit?.sha}/metadata`,
        );
        expectMatch('metadata', body, {
          author: 'argocd-image-updater <noreply@argoproj.io>',
          message: `build: automatic update of ${app.name}\n\nupdates image ${images.shortName} tag '1.0.0' to '1.0.2'`,
        });
      },
    },
    {
      id: 'no-commit-without-news',
      claim:
        'once the new image is live, further cycles commit nothing, and there are no errors',
      source: 'image-updater.md, "What can be watched"',
      async check(fixture) {
        await fixture.policy.cycles(2);
        expectEqual('commits', (await updatesOf(fixture)).length, 1);
        expectConditions(await fixture.policy.status());
      },
    },
    {
      id: 'revert-is-overwritten',
      claim: 'a revert in Git is overwritten by another commit',
      source: 'image-updater.md, "What can be watched"',
      async check(fixture) {
        await fixture.branch.commit(
          { [VALUES]: valuesYaml(fixture.images.image, '1.0.0') },
          { message: 'revert: back to 1.0.0' },
        );
        const [, again] = await committed(fixture, 2);
        expectEqual(
          'values.yaml',
          await fixture.branch.show(again.sha, VALUES),
          valuesYaml(fixture.images.image, '1.0.2'),
        );
        await fixture.app.settled(imageOf(fixture, '1.0.2'));
      },
    },
  ],
});

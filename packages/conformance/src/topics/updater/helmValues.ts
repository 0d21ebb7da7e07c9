import { at, list } from '../../http/json';
import { defineTopic } from '../../runner/defineTopic';
import {
  expectEqual,
  expectMatch,
  expectThat,
} from '../../runner/expectations';
import { helmChart, valuesYaml } from '../../world/fixtures';
import type { World } from '../../world/World';
import {
  ANNOTATION,
  committed,
  expectConditions,
  expectUpdate,
  expectUpdatedStatus,
  imageOf,
  type Scene,
  setScene,
  updatesOf,
} from './scene';

const NAME = 'helmvalues';
const VALUES = 'chart/values.yaml';

/**
 * Annotations, enabled by an ImageUpdater resource, with Helm values as target.
 */
export const helmValues = defineTopic<World, Scene>({
  name: `updater-${NAME}`,
  prepare: world =>
    setScene(world, {
      name: NAME,
      tags: ['1.0.0', '1.0.1', '1.0.2', '1.0.9', '2.0.0', 'latest'],
      files: ({ images }) =>
        helmChart({ folder: 'chart', image: images.image, tag: '1.0.0' }),
      application: ({ images, branch }) => ({
        path: 'chart',
        helm: { releaseName: world.named(NAME) },
        annotations: {
          [`${ANNOTATION}/image-list`]: `app=${images.image}:~1.0`,
          [`${ANNOTATION}/app.update-strategy`]: 'semver',
          [`${ANNOTATION}/app.ignore-tags`]: '*.9',
          [`${ANNOTATION}/app.helm.image-name`]: 'image.repository',
          [`${ANNOTATION}/app.helm.image-tag`]: 'image.tag',
          [`${ANNOTATION}/write-back-method`]:
            world.config.updater.writeBackMethod,
          [`${ANNOTATION}/write-back-target`]: 'helmvalues:values.yaml',
          [`${ANNOTATION}/git-branch`]: branch.name,
        },
      }),
      spec: ({ world: { prefix } }) => ({
        applicationRefs: [
          { namePattern: `${prefix}-nobody-*`, useAnnotations: true },
        ],
      }),
    }),
  beliefs: [
    {
      id: 'annotations-need-enabling',
      says: 'annotations of an application that no ImageUpdater enables are ignored',
      source: 'image-updater.md, "v1 turned annotations into opt-in"',
      async check(scene) {
        await scene.policy.cycles(2);
        expectMatch('status', await scene.policy.status(), {
          applicationsMatched: 0,
          imagesManaged: 0,
        });
        expectEqual('commits', await updatesOf(scene), []);
      },
    },
    {
      id: 'commit',
      says: 'once enabled, the updater makes one commit to the best tag that constraint and ignored tags allow, with its author and message',
      source: 'recordings/promotions/helmvalues.json',
      async check(scene) {
        await scene.policy.change({
          applicationRefs: [
            { namePattern: scene.app.name, useAnnotations: true },
          ],
        });
        const [commit] = await committed(scene, 1);
        expectUpdate(scene, commit, {
          file: VALUES,
          from: '1.0.0',
          to: '1.0.2',
        });
      },
    },
    {
      id: 'in-place',
      says: 'where the values are plain, only the tag changes; comments and empty lines stay',
      source: 'recordings/policy/helmvalues.json',
      async check(scene) {
        const [commit] = await updatesOf(scene);
        expectThat('there is a commit', commit !== undefined);
        expectEqual(
          'values.yaml',
          await scene.branch.show(commit.sha, VALUES),
          valuesYaml(scene.images.image, '1.0.2'),
        );
      },
    },
    {
      id: 'live',
      says: 'Argo CD syncs the commit by itself, and the new image alone gets live',
      source: 'recordings/promotions/helmvalues.json',
      async check(scene) {
        const [commit] = await updatesOf(scene);
        const view = await scene.app.settled(imageOf(scene, '1.0.2'));
        expectMatch('the history entry', view.history.at(-1)?.raw, {
          revision: commit?.sha,
          initiatedBy: { automated: true },
        });
      },
    },
    {
      id: 'status',
      says: 'the status of the ImageUpdater, read through Argo CD, names the update',
      source: 'recordings/updater/cr-list.json',
      check: scene => expectUpdatedStatus(scene, '1.0.0', '1.0.2'),
    },
    {
      id: 'event',
      says: 'an event ImagesUpdated on the application carries old and new tag',
      source: 'recordings/updater/events.json',
      async check({ app, world, images }) {
        const annotations = await world.patience.until(
          'an event ImagesUpdated',
          async () => {
            const { body } = await world.argocd.get(`${app.path}/events`);
            const found = list(at(body, 'items')).find(
              event => at(event, 'reason') === 'ImagesUpdated',
            );
            return at(found, 'metadata', 'annotations');
          },
          found => found !== undefined,
        );
        expectMatch('annotations', annotations, {
          'argocd-image-updater.image-0/full-image-name': images.image,
          'argocd-image-updater.image-0/image-name': images.shortName,
          'argocd-image-updater.image-0/old-tag': '1.0.0',
          'argocd-image-updater.image-0/new-tag': '1.0.2',
        });
      },
    },
    {
      id: 'revision-metadata',
      says: 'revision metadata of the commit has the updater as author, and its message',
      source: 'recordings/argocd/03-revision-metadata-updater-commit.json',
      async check(scene) {
        const { app, world, images } = scene;
        const [commit] = await updatesOf(scene);
        const { body } = await world.argocd.get(
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
      says: 'once the new image is live, further cycles commit nothing and the status keeps the last update',
      source: 'image-updater.md, "What can be watched"',
      async check(scene) {
        await scene.policy.cycles(2);
        expectEqual('commits', (await updatesOf(scene)).length, 1);
        const status = await scene.policy.status();
        expectMatch('the last update', at(status, 'recentUpdates', 0), {
          newVersion: '1.0.2',
        });
        expectConditions(status);
      },
    },
    {
      id: 'revert-is-overwritten',
      says: 'a revert in Git is overwritten by another commit',
      source: 'image-updater.md, "What can be watched"',
      async check(scene) {
        await scene.branch.commit(
          { [VALUES]: valuesYaml(scene.images.image, '1.0.0') },
          { message: 'revert: back to 1.0.0' },
        );
        const [, again] = await committed(scene, 2);
        expectEqual(
          'values.yaml',
          await scene.branch.show(again.sha, VALUES),
          valuesYaml(scene.images.image, '1.0.2'),
        );
        await scene.app.settled(imageOf(scene, '1.0.2'));
      },
    },
  ],
});

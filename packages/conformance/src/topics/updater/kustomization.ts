import { parse } from 'yaml';
import { at } from '../../http/json';
import { defineTopic } from '../../runner/defineTopic';
import { expectEqual, expectMatch } from '../../runner/expectations';
import { kustomization as kustomizationFiles } from '../../world/fixtures';
import type { World } from '../../world/World';
import {
  committed,
  expectConditions,
  expectUpdate,
  expectUpdatedStatus,
  imageOf,
  type Scene,
  setScene,
  updatesOf,
} from './scene';

const NAME = 'kustomization';

/** A spec without annotations. A pattern that matches no tag is tried first. */
function specOf(scene: {
  world: World;
  image: string;
  app: string;
  branch: string;
  allowTags: string;
}): object {
  const { world, image, app, branch, allowTags } = scene;
  return {
    writeBackConfig: {
      method: world.config.updater.writeBackMethod,
      gitConfig: {
        repository: world.config.git.inClusterUrl,
        branch,
        writeBackTarget: 'kustomization',
      },
    },
    applicationRefs: [
      {
        namePattern: app,
        images: [
          {
            alias: 'app',
            imageName: `${image}:~1.0`,
            commonUpdateSettings: { updateStrategy: 'semver', allowTags },
            manifestTargets: { kustomize: { name: image } },
          },
        ],
      },
    ],
  };
}

/**
 * An ImageUpdater resource without annotations, with a kustomization as target.
 */
export const kustomization = defineTopic<World, Scene>({
  name: `updater-${NAME}`,
  prepare: world =>
    setScene(world, {
      name: NAME,
      tags: ['1.0.0', '1.0.1'],
      files: ({ images }) =>
        kustomizationFiles({
          folder: 'kustomize',
          name: world.named(NAME),
          image: images.image,
          tag: '1.0.0',
        }),
      application: () => ({ path: 'kustomize' }),
      spec: ({ images, branch, app }) =>
        specOf({
          world,
          image: images.image,
          app,
          branch: branch.name,
          allowTags: 'regexp:^nothing$',
        }),
    }),
  beliefs: [
    {
      id: 'allow-tags-that-match-nothing',
      says: 'allow-tags that match no tag lead to no commit, and the ImageUpdater is Ready without an error',
      source: 'recordings/updater/allow-tags-match-nothing.json',
      async check(scene) {
        await scene.policy.cycles(2);
        const status = await scene.policy.status();
        expectMatch('status', status, { applicationsMatched: 1 });
        expectConditions(status);
        expectEqual('commits', await updatesOf(scene), []);
      },
    },
    {
      id: 'commit',
      says: 'the updater writes name and tag into `images` of the kustomization, in one commit',
      source: 'recordings/promotions/kustomize.json',
      async check(scene) {
        const { world, images, app, branch } = scene;
        await scene.policy.change(
          specOf({
            world,
            image: images.image,
            app: app.name,
            branch: branch.name,
            allowTags: 'regexp:^\\d+\\.\\d+\\.\\d+$',
          }),
        );
        const [commit] = await committed(scene, 1);
        const file = 'kustomize/kustomization.yaml';
        expectUpdate(scene, commit, { file, from: '1.0.0', to: '1.0.1' });
        const written: unknown = parse(await branch.show(commit.sha, file));
        expectMatch('the image', at(written, 'images', 0), {
          name: images.image,
          newTag: '1.0.1',
        });
        expectEqual('resources', at(written, 'resources'), ['deployment.yaml']);
      },
    },
    {
      id: 'live',
      says: 'the new image gets live, and the status names the update',
      source: 'recordings/promotions/kustomize.json',
      async check(scene) {
        const view = await scene.app.settled(imageOf(scene, '1.0.1'));
        expectMatch('the application', view.raw, {
          status: { sourceType: 'Kustomize' },
        });
        await expectUpdatedStatus(scene, '1.0.0', '1.0.1');
      },
    },
  ],
});

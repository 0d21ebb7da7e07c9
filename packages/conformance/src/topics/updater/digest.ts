import { parse } from 'yaml';
import type { Commit } from '../../git/ConfigBranch';
import { at } from '../../http/json';
import { defineTopic } from '../../runner/defineTopic';
import { expectEqual } from '../../runner/expectations';
import { helmChart } from '../../world/fixtures';
import type { World } from '../../world/World';
import {
  ANNOTATION,
  committed,
  expectUpdate,
  imageOf,
  type Scene,
  setScene,
} from './scene';

const NAME = 'digest';
const VALUES = 'chart/values.yaml';

type DigestScene = Scene & { first: string };

async function tagAt(scene: Scene, { sha }: Commit): Promise<unknown> {
  const values: unknown = parse(await scene.branch.show(sha, VALUES));
  return at(values, 'image', 'tag');
}

/** The strategy `digest` follows a moving tag by its digest. */
export const digest = defineTopic<World, DigestScene>({
  name: `updater-${NAME}`,
  async prepare(world) {
    const scene = await setScene(world, {
      name: NAME,
      tags: ['edge'],
      files: ({ images }) =>
        helmChart({ folder: 'chart', image: images.image, tag: 'edge' }),
      application: ({ images, branch }) => ({
        path: 'chart',
        helm: { releaseName: world.named(NAME) },
        annotations: {
          [`${ANNOTATION}/image-list`]: `app=${images.image}:edge`,
          [`${ANNOTATION}/app.update-strategy`]: 'digest',
          [`${ANNOTATION}/app.helm.image-name`]: 'image.repository',
          [`${ANNOTATION}/app.helm.image-tag`]: 'image.tag',
          [`${ANNOTATION}/write-back-method`]:
            world.config.updater.writeBackMethod,
          [`${ANNOTATION}/write-back-target`]: 'helmvalues:values.yaml',
          [`${ANNOTATION}/git-branch`]: branch.name,
        },
      }),
      spec: ({ app }) => ({
        applicationRefs: [{ namePattern: app, useAnnotations: true }],
      }),
    });
    const [first] = scene.images.digests;
    return { ...scene, first };
  },
  beliefs: [
    {
      id: 'pinned',
      says: 'the first cycle pins the running tag to its digest',
      source: 'recordings/promotions/digest-switch-on.json',
      async check(scene) {
        const [commit] = await committed(scene, 1);
        expectUpdate(scene, commit, {
          file: VALUES,
          from: 'edge',
          to: scene.first,
        });
        expectEqual(
          'the tag',
          await tagAt(scene, commit),
          `edge@${scene.first}`,
        );
        await scene.app.settled(imageOf(scene, `edge@${scene.first}`));
      },
    },
    {
      id: 'followed',
      says: 'when the tag is pushed again, the new digest is committed, and gets live',
      source: 'recordings/promotions/digest.json',
      async check(scene) {
        const second = await scene.images.push('edge');
        const [, commit] = await committed(scene, 2);
        expectUpdate(scene, commit, {
          file: VALUES,
          from: scene.first,
          to: second,
        });
        expectEqual('the tag', await tagAt(scene, commit), `edge@${second}`);
        await scene.app.settled(imageOf(scene, `edge@${second}`));
      },
    },
  ],
});

import { at } from '../../http/json';
import { defineTopic } from '../../runner/defineTopic';
import { expectEqual } from '../../runner/expectations';
import { helmChart } from '../../world/fixtures';
import type { World } from '../../world/World';
import {
  ANNOTATION,
  expectUpdatedStatus,
  imageOf,
  type Scene,
  setScene,
  updatesOf,
} from './scene';

const NAME = 'argocdmethod';

const parameters = ({ images }: Scene, tag: string) => [
  { name: 'image.repository', value: images.image, forceString: true },
  { name: 'image.tag', value: tag, forceString: true },
];

/** The write-back method `argocd`, which writes into the Application itself. */
export const argoCdMethod = defineTopic<World, Scene>({
  name: `updater-${NAME}`,
  prepare: world =>
    setScene(world, {
      name: NAME,
      tags: ['1.0.0', '1.0.1'],
      files: ({ images }) =>
        helmChart({ folder: 'chart', image: images.image, tag: '1.0.0' }),
      application: ({ images }) => ({
        path: 'chart',
        helm: { releaseName: world.named(NAME) },
        annotations: {
          [`${ANNOTATION}/image-list`]: `app=${images.image}:~1.0`,
          [`${ANNOTATION}/app.helm.image-name`]: 'image.repository',
          [`${ANNOTATION}/app.helm.image-tag`]: 'image.tag',
          [`${ANNOTATION}/write-back-method`]: 'argocd',
        },
      }),
      spec: ({ app }) => ({
        applicationRefs: [{ namePattern: app, useAnnotations: true }],
      }),
    }),
  beliefs: [
    {
      id: 'parameters',
      says: 'the updater sets Helm parameters in the spec of the application',
      source: 'recordings/promotions/argocd-method.json',
      async check(scene) {
        const { raw } = await scene.app.until(
          'has Helm parameters',
          view =>
            at(view.raw, 'spec', 'source', 'helm', 'parameters') !== undefined,
        );
        expectEqual(
          'parameters',
          at(raw, 'spec', 'source', 'helm', 'parameters'),
          parameters(scene, '1.0.1'),
        );
      },
    },
    {
      id: 'history-holds-the-parameters',
      says: 'the history entry of the sync has the parameters, the one before it had none',
      source:
        'argocd.md, "Pitfalls", 6; recordings/promotions/argocd-method.json',
      async check(scene) {
        const view = await scene.app.settled(imageOf(scene, '1.0.1'));
        const [before, after] = view.history.slice(-2);
        expectEqual(
          'parameters before',
          at(before.raw, 'source', 'helm', 'parameters'),
          undefined,
        );
        expectEqual(
          'parameters after',
          at(after.raw, 'source', 'helm', 'parameters'),
          parameters(scene, '1.0.1'),
        );
      },
    },
    {
      id: 'no-commit',
      says: 'nothing is committed',
      source: 'recordings/promotions/argocd-method.json',
      async check(scene) {
        await expectUpdatedStatus(scene, '1.0.0', '1.0.1');
        expectEqual('commits', await updatesOf(scene), []);
      },
    },
  ],
});

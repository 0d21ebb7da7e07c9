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

const NAME = 'argocdsource';

/** Without a write-back target: writes `.argocd-source-<application>.yaml`. */
export const argoCdSource = defineTopic<World, Scene>({
  name: `updater-${NAME}`,
  prepare: world =>
    setScene(world, {
      name: NAME,
      tags: ['1.0.0', '1.0.1'],
      files: ({ images }) =>
        helmChart({ folder: 'chart', image: images.image, tag: '1.0.0' }),
      application: ({ images, branch }) => ({
        path: 'chart',
        helm: { releaseName: world.named(NAME) },
        annotations: {
          [`${ANNOTATION}/image-list`]: `app=${images.image}:~1.0`,
          [`${ANNOTATION}/app.helm.image-name`]: 'image.repository',
          [`${ANNOTATION}/app.helm.image-tag`]: 'image.tag',
          [`${ANNOTATION}/write-back-method`]:
            world.config.updater.writeBackMethod,
          [`${ANNOTATION}/git-branch`]: branch.name,
        },
      }),
      spec: ({ app }) => ({
        applicationRefs: [{ namePattern: app, useAnnotations: true }],
      }),
    }),
  beliefs: [
    {
      id: 'commit',
      says: 'the updater writes parameters with forced strings into a file beside the chart, in one commit',
      source: 'recordings/promotions/argocd-source.json',
      async check(scene) {
        const [commit] = await committed(scene, 1);
        const file = `chart/.argocd-source-${scene.app.name}.yaml`;
        expectUpdate(scene, commit, { file, from: '1.0.0', to: '1.0.1' });
        expectEqual(
          'the file',
          await scene.branch.show(commit.sha, file),
          `helm:
  parameters:
  - name: image.repository
    value: ${scene.images.image}
    forcestring: true
  - name: image.tag
    value: 1.0.1
    forcestring: true
`,
        );
      },
    },
    {
      id: 'invisible-in-the-spec',
      says: 'Argo CD deploys what the file says, but the spec of the application does not show it',
      source: 'image-updater.md, "What it writes"',
      async check(scene) {
        const { raw } = await scene.app.settled(imageOf(scene, '1.0.1'));
        expectEqual(
          'parameters in the spec',
          at(raw, 'spec', 'source', 'helm', 'parameters'),
          undefined,
        );
      },
    },
  ],
});

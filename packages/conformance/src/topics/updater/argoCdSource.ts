import { at } from '../../http/json';
import { defineTopic } from '../../runner/defineTopic';
import { expectEqual } from '../../runner/assertions';
import { helmChart } from '../../installation/fixtures';
import type { Installation } from '../../installation/Installation';
import {
  ANNOTATION,
  committed,
  expectUpdate,
  imageOf,
  type UpdaterFixture,
  createUpdaterFixture,
} from './fixture';

const NAME = 'argocdsource';

/** Without a write-back target: writes `.argocd-source-<application>.yaml`. */
export const argoCdSource = defineTopic<Installation, UpdaterFixture>({
  name: `updater-${NAME}`,
  prepare: installation =>
    createUpdaterFixture(installation, {
      name: NAME,
      tags: ['1.0.0', '1.0.1'],
      files: ({ images }) =>
        helmChart({ folder: 'chart', image: images.image, tag: '1.0.0' }),
      application: ({ images, branch }) => ({
        path: 'chart',
        helm: { releaseName: installation.named(NAME) },
        annotations: {
          [`${ANNOTATION}/image-list`]: `app=${images.image}:~1.0`,
          [`${ANNOTATION}/app.helm.image-name`]: 'image.repository',
          [`${ANNOTATION}/app.helm.image-tag`]: 'image.tag',
          [`${ANNOTATION}/write-back-method`]:
            installation.config.updater.writeBackMethod,
          [`${ANNOTATION}/git-branch`]: branch.name,
        },
      }),
      spec: ({ app }) => ({
        applicationRefs: [{ namePattern: app, useAnnotations: true }],
      }),
    }),
  expectations: [
    {
      id: 'commit',
      claim:
        'the updater writes parameters with forced strings to a file next to the chart, in one commit',
      source: 'recordings/promotions/argocd-source.json',
      async check(fixture) {
        const [commit] = await committed(fixture, 1);
        const file = `chart/.argocd-source-${fixture.app.name}.yaml`;
        expectUpdate(fixture, commit, { file, from: '1.0.0', to: '1.0.1' });
        expectEqual(
          'the file',
          await fixture.branch.show(commit.sha, file),
          `helm:
  parameters:
  - name: image.repository
    value: ${fixture.images.image}
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
      claim:
        'Argo CD deploys with the parameters in the file, but the spec of the application does not show them',
      source: 'image-updater.md, "What it writes"',
      async check(fixture) {
        const { raw } = await fixture.app.settled(imageOf(fixture, '1.0.1'));
        expectEqual(
          'parameters in the spec',
          at(raw, 'spec', 'source', 'helm', 'parameters'),
          undefined,
        );
      },
    },
  ],
});

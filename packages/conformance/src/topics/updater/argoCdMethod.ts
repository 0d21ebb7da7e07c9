import { at } from '../../http/json';
import { defineTopic } from '../../runner/defineTopic';
import { expectEqual } from '../../runner/assertions';
import { helmChart } from '../../installation/fixtures';
import type { Installation } from '../../installation/Installation';
import {
  ANNOTATION,
  expectUpdatedStatus,
  imageOf,
  type UpdaterFixture,
  createUpdaterFixture,
  updatesOf,
} from './fixture';

const NAME = 'argocdmethod';

const parameters = ({ images }: UpdaterFixture, tag: string) => [
  { name: 'image.repository', value: images.image, forceString: true },
  { name: 'image.tag', value: tag, forceString: true },
];

/** The write-back method `argocd`, which writes into the Application itself. */
export const argoCdMethod = defineTopic<Installation, UpdaterFixture>({
  name: `updater-${NAME}`,
  prepare: installation =>
    createUpdaterFixture(installation, {
      name: NAME,
      tags: ['1.0.0', '1.0.1'],
      files: ({ images }) =>
        helmChart({ folder: 'chart', image: images.image, tag: '1.0.0' }),
      application: ({ images }) => ({
        path: 'chart',
        helm: { releaseName: installation.named(NAME) },
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
  expectations: [
    {
      id: 'parameters',
      claim: 'the updater sets Helm parameters in the spec of the application',
      source: 'recordings/promotions/argocd-method.json',
      async check(fixture) {
        const { raw } = await fixture.app.until(
          'has Helm parameters',
          view =>
            at(view.raw, 'spec', 'source', 'helm', 'parameters') !== undefined,
        );
        expectEqual(
          'parameters',
          at(raw, 'spec', 'source', 'helm', 'parameters'),
          parameters(fixture, '1.0.1'),
        );
      },
    },
    {
      id: 'history-holds-the-parameters',
      claim:
        'the history entry of the sync has the parameters; the previous one has none',
      source:
        'argocd.md, "Pitfalls", 6; recordings/promotions/argocd-method.json',
      async check(fixture) {
        const view = await fixture.app.settled(imageOf(fixture, '1.0.1'));
        const [before, after] = view.history.slice(-2);
        expectEqual(
          'parameters before',
          at(before.raw, 'source', 'helm', 'parameters'),
          undefined,
        );
        expectEqual(
          'parameters after',
          at(after.raw, 'source', 'helm', 'parameters'),
          parameters(fixture, '1.0.1'),
        );
      },
    },
    {
      id: 'no-commit',
      claim: 'nothing is committed',
      source: 'recordings/promotions/argocd-method.json',
      async check(fixture) {
        await expectUpdatedStatus(fixture);
        expectEqual('commits', await updatesOf(fixture), []);
      },
    },
  ],
});

import { parse } from 'yaml';
import { at } from '../../http/json';
import { defineTopic } from '../../runner/defineTopic';
import { expectEqual, expectMatch } from '../../runner/assertions';
import { kustomization as kustomizationFiles } from '../../installation/fixtures';
import type { Installation } from '../../installation/Installation';
import {
  committed,
  expectConditions,
  expectUpdate,
  expectUpdatedStatus,
  imageOf,
  type UpdaterFixture,
  createUpdaterFixture,
  updatesOf,
} from './fixture';

const NAME = 'kustomization';

/** A spec without annotations. A pattern that matches no tag is tried first. */
function specOf(fixture: {
  installation: Installation;
  image: string;
  app: string;
  branch: string;
  allowTags: string;
}): object {
  const { installation, image, app, branch, allowTags } = fixture;
  return {
    writeBackConfig: {
      method: installation.config.updater.writeBackMethod,
      gitConfig: {
        repository: installation.config.git.inClusterUrl,
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
export const kustomization = defineTopic<Installation, UpdaterFixture>({
  name: `updater-${NAME}`,
  prepare: installation =>
    createUpdaterFixture(installation, {
      name: NAME,
      tags: ['1.0.0', '1.0.1'],
      files: ({ images }) =>
        kustomizationFiles({
          folder: 'kustomize',
          name: installation.named(NAME),
          image: images.image,
          tag: '1.0.0',
        }),
      application: () => ({ path: 'kustomize' }),
      spec: ({ images, branch, app }) =>
        specOf({
          installation,
          image: images.image,
          app,
          branch: branch.name,
          allowTags: 'regexp:^nothing$',
        }),
    }),
  expectations: [
    {
      id: 'allow-tags-that-match-nothing',
      claim:
        'allow-tags that match no tag lead to no commit, and the ImageUpdater is Ready without an error',
      source: 'recordings/updater/allow-tags-match-nothing.json',
      async check(fixture) {
        await fixture.policy.cycles(2);
        const status = await fixture.policy.status();
        expectMatch('status', status, { applicationsMatched: 1 });
        expectConditions(status);
        expectEqual('commits', await updatesOf(fixture), []);
      },
    },
    {
      id: 'commit',
      claim:
        'the updater writes name and tag into `images` of the kustomization, in one commit',
      source: 'recordings/promotions/kustomize.json',
      async check(fixture) {
        const { installation, images, app, branch } = fixture;
        await fixture.policy.change(
          specOf({
            installation,
            image: images.image,
            app: app.name,
            branch: branch.name,
            allowTags: 'regexp:^\\d+\\.\\d+\\.\\d+$',
          }),
        );
        const [commit] = await committed(fixture, 1);
        const file = 'kustomize/kustomization.yaml';
        expectUpdate(fixture, commit, { file, from: '1.0.0', to: '1.0.1' });
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
      claim: 'the new image goes live, and the status has the update',
      source: 'recordings/promotions/kustomize.json',
      async check(fixture) {
        const view = await fixture.app.settled(imageOf(fixture, '1.0.1'));
        expectMatch('the application', view.raw, {
          status: { sourceType: 'Kustomize' },
        });
        await expectUpdatedStatus(fixture);
      },
    },
  ],
});

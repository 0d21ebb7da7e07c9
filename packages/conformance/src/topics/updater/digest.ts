import { parse } from 'yaml';
import type { Commit } from '../../git/ConfigBranch';
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

const NAME = 'digest';
const VALUES = 'chart/values.yaml';

type DigestScene = UpdaterFixture & { first: string };

async function tagAt(
  fixture: UpdaterFixture,
  { sha }: Commit,
): Promise<unknown> {
  const values: unknown = parse(await fixture.branch.show(sha, VALUES));
  return at(values, 'image', 'tag');
}

/** The strategy `digest` follows a moving tag by its digest. */
export const digest = defineTopic<Installation, DigestScene>({
  name: `updater-${NAME}`,
  async prepare(installation) {
    const fixture = await createUpdaterFixture(installation, {
      name: NAME,
      tags: ['edge'],
      files: ({ images }) =>
        helmChart({ folder: 'chart', image: images.image, tag: 'edge' }),
      application: ({ images, branch }) => ({
        path: 'chart',
        helm: { releaseName: installation.named(NAME) },
        annotations: {
          [`${ANNOTATION}/image-list`]: `app=${images.image}:edge`,
          [`${ANNOTATION}/app.update-strategy`]: 'digest',
          [`${ANNOTATION}/app.helm.image-name`]: 'image.repository',
          [`${ANNOTATION}/app.helm.image-tag`]: 'image.tag',
          [`${ANNOTATION}/write-back-method`]:
            installation.config.updater.writeBackMethod,
          [`${ANNOTATION}/write-back-target`]: 'helmvalues:values.yaml',
          [`${ANNOTATION}/git-branch`]: branch.name,
        },
      }),
      spec: ({ app }) => ({
        applicationRefs: [{ namePattern: app, useAnnotations: true }],
      }),
    });
    const [first] = fixture.images.digests;
    return { ...fixture, first };
  },
  expectations: [
    {
      id: 'pinned',
      claim: 'the first cycle pins the running tag to its digest',
      source: 'recordings/promotions/digest-switch-on.json',
      async check(fixture) {
        const [commit] = await committed(fixture, 1);
        expectUpdate(fixture, commit, {
          file: VALUES,
          from: 'edge',
          to: fixture.first,
        });
        expectEqual(
          'the tag',
          await tagAt(fixture, commit),
          `edge@${fixture.first}`,
        );
        await fixture.app.settled(imageOf(fixture, `edge@${fixture.first}`));
      },
    },
    {
      id: 'followed',
      claim:
        'when the tag is pushed again, the new digest is committed and goes live',
      source: 'recordings/promotions/digest.json',
      async check(fixture) {
        const second = await fixture.images.push('edge');
        const [, commit] = await committed(fixture, 2);
        expectUpdate(fixture, commit, {
          file: VALUES,
          from: fixture.first,
          to: second,
        });
        expectEqual('the tag', await tagAt(fixture, commit), `edge@${second}`);
        await fixture.app.settled(imageOf(fixture, `edge@${second}`));
      },
    },
  ],
});

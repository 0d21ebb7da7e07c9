import type { ConfigBranch } from '../git/ConfigBranch';
import { at } from '../http/json';
import { defineTopic } from '../runner/defineTopic';
import { expectEqual, expectMatch, expectText } from '../runner/assertions';
import { configMap } from '../installation/fixtures';
import type { TestApplication } from '../installation/TestApplication';
import type { Installation } from '../installation/Installation';

interface Fixture {
  installation: Installation;
  app: TestApplication;
  branch: ConfigBranch;
  sha: string;
}

const AUTHOR = { name: 'Ada Author', email: 'ada@landfall.invalid' };
const AUTHOR_DATE = '2024-05-06T07:08:09+02:00';

const metadata = (
  { app, installation }: Fixture,
  revision: string,
  query = '',
) =>
  installation.argocd.get(`${app.path}/revisions/${revision}/metadata${query}`);

/** What Argo CD returns about a commit. */
export const revisions = defineTopic<Installation, Fixture>({
  name: 'revisions',
  async prepare(installation) {
    const branch = await installation.branch('revisions');
    const sha = await branch.commit(
      {
        'plain/one.yaml': configMap(installation.named('revisions'), {
          value: '1',
        }),
        'more/two.yaml': configMap(installation.named('revisions-more'), {
          value: '1',
        }),
      },
      {
        message: 'feat: a change\n\nwith a body',
        author: AUTHOR,
        authorDate: AUTHOR_DATE,
      },
    );
    const app = await installation.createApplication({
      name: 'revisions',
      branch,
      path: 'plain',
    });
    await app.until('is reconciled', view => view.revision === sha);
    return { installation, app, branch, sha };
  },
  expectations: [
    {
      id: 'metadata',
      claim:
        'revision metadata has author, message and the author date, in UTC',
      source: 'recordings/argocd/03-revision-metadata-head.json',
      async check(fixture) {
        const { status, body } = await metadata(fixture, fixture.sha);
        expectEqual('status', status, 200);
        expectMatch('metadata', body, {
          author: `${AUTHOR.name} <${AUTHOR.email}>`,
          date: '2024-05-06T05:08:09Z',
          message: 'feat: a change\n\nwith a body',
        });
      },
    },
    {
      id: 'names-are-unresolved',
      claim:
        'a branch name, or anything else that is no revision, is a 500 that requires a resolved one',
      source:
        'recordings/argocd/03-revision-metadata-branch-name.json, 03-revision-metadata-garbage.json, 03-revision-metadata-option-like.json',
      async check(fixture) {
        const { branch } = fixture;
        for (const name of [branch.name, 'notarevision', '--upload-pack%3Dx']) {
          const { status, body } = await metadata(fixture, name);
          expectEqual(`status of ${name}`, status, 500);
          expectMatch(`error of ${name}`, body, {
            code: 2,
            message: `revision ${decodeURIComponent(name)} must be resolved`,
          });
        }
      },
    },
    {
      id: 'slash',
      claim: 'a revision with a slash is a 404 in plain text, encoded or not',
      source: 'argocd.md, "Writing"',
      async check(fixture) {
        for (const revision of ['feature/x', 'feature%2Fx']) {
          const { status, text } = await metadata(fixture, revision);
          expectEqual(`status of ${revision}`, status, 404);
          expectEqual(`text of ${revision}`, text, 'Not Found\n');
        }
      },
    },
    {
      id: 'missing-sha',
      claim: 'a SHA that is not in the repository is a 500',
      source: 'recordings/argocd/03-revision-metadata-missing-sha.json',
      async check(fixture) {
        const { status, body } = await metadata(fixture, 'dead'.repeat(10));
        expectEqual('status', status, 500);
        expectText('message', String(at(body, 'message')), /deaddeaddead/);
      },
    },
    {
      id: 'chart-details',
      claim: 'chart details of a Git source are a 500',
      source: 'recordings/argocd/03-revision-chartdetails.json',
      async check({ app, installation, sha }) {
        const { status, body } = await installation.argocd.get(
          `${app.path}/revisions/${sha}/chartdetails`,
        );
        expectEqual('status', status, 500);
        expectMatch('the error', body, {
          message: `no chart found for application: ${app.name}`,
        });
      },
    },
    {
      id: 'manifests-of-a-revision',
      claim: 'manifests can be read for a revision; a missing one is a 500',
      source:
        'recordings/argocd/03-manifests-at-revision.json, 03-manifests-garbage-revision.json',
      async check({ app, installation, sha, branch }) {
        await branch.commit({
          'plain/one.yaml': configMap(installation.named('revisions'), {
            value: '2',
          }),
        });
        const valueAt = async (revision: string) => {
          const { body } = await installation.argocd.get(
            `${app.path}/manifests?revision=${revision}`,
          );
          const manifest: unknown = JSON.parse(
            String(at(body, 'manifests', 0)),
          );
          return at(manifest, 'data', 'value');
        };
        expectEqual('value of the first commit', await valueAt(sha), '1');
        expectEqual(
          'value of the second',
          await valueAt(await branch.head()),
          '2',
        );
        const none = await installation.argocd.get(
          `${app.path}/manifests?revision=nosuchbranch`,
        );
        expectEqual('status of no branch', none.status, 500);
      },
    },
    {
      id: 'multi-source',
      claim:
        'an application with several sources has a revision for each; metadata selects the source by sourceIndex and versionId',
      source:
        'recordings/argocd/02-get-orders.json, 03-revision-metadata-multi-source-1.json, 03-revision-metadata-multi-source-wrong-index.json',
      async check({ installation, branch }) {
        const repoURL = installation.config.git.inClusterUrl;
        const several = await installation.createApplication({
          name: 'several',
          sources: ['plain', 'more'].map(path => ({
            repoURL,
            targetRevision: branch.name,
            path,
          })),
        });
        await several.until('is reconciled', view => view.sync !== '');
        const { raw } = await several.synced();
        const sha = await branch.head();
        expectEqual('sync.revisions', at(raw, 'status', 'sync', 'revisions'), [
          sha,
          sha,
        ]);
        expectEqual(
          'revisions of the history',
          at(raw, 'status', 'history', 0, 'revisions'),
          [sha, sha],
        );
        expectEqual(
          'paths of the sources in the history',
          ['sources'].flatMap(field =>
            [0, 1].map(index =>
              at(raw, 'status', 'history', 0, field, index, 'path'),
            ),
          ),
          ['plain', 'more'],
        );
        const read = (index: number) =>
          installation.argocd.get(
            `${several.path}/revisions/${sha}/metadata?sourceIndex=${index}&versionId=0`,
          );
        const second = await read(1);
        expectEqual('status of source 1', second.status, 200);
        const seventh = await read(7);
        expectEqual('status of source 7', seventh.status, 500);
        expectText(
          'message of source 7',
          String(at(seventh.body, 'message')),
          /source index 7 not found because there are only 2 sources/,
        );
      },
    },
  ],
});

import type { ConfigBranch } from '../git/ConfigBranch';
import { at } from '../http/json';
import { Prerequisite } from '../runner/Expectation';
import { defineTopic } from '../runner/defineTopic';
import { expectEqual, expectMatch, expectThat } from '../runner/assertions';
import { configMap } from '../installation/fixtures';
import type { TestApplication } from '../installation/TestApplication';
import type { Installation } from '../installation/Installation';

interface Fixture {
  installation: Installation;
  app: TestApplication;
  branch: ConfigBranch;
  first: string;
  second: string;
}

/** Changes `syncPolicy.automated` of the application. */
async function automate(
  { installation, app }: Fixture,
  automated: object | null,
): Promise<void> {
  const answer = await installation.argocd.call('PATCH', app.path, {
    body: {
      name: app.name,
      project: app.project,
      patchType: 'merge',
      patch: JSON.stringify({ spec: { syncPolicy: { automated } } }),
    },
  });
  if (answer.status === 403) {
    throw new Prerequisite(
      'the account may not update its own applications: grant `applications, update`',
    );
  }
  await app.accepted(answer, 'a change of the sync policy');
}

/** Rolling back to an earlier deployment. */
export const rollback = defineTopic<Installation, Fixture>({
  name: 'rollback',
  async prepare(installation) {
    const branch = await installation.branch('rollback');
    const name = installation.named('rollback');
    const commit = (value: string) =>
      branch.commit({ 'plain/one.yaml': configMap(name, { value }) });
    const first = await commit('1');
    const app = await installation.createApplication({
      name: 'rollback',
      branch,
      path: 'plain',
    });
    await app.until('is reconciled', view => view.sync === 'OutOfSync');
    await app.synced();
    const second = await commit('2');
    await app.refresh();
    await app.synced();
    await app.settled();
    return { installation, app, branch, first, second };
  },
  expectations: [
    {
      id: 'unknown-id',
      claim:
        'a rollback to an id that is not in the history is a 400 with code 3',
      source: 'recordings/argocd/05-rollback-unknown-id.json',
      async check({ app }) {
        const { status, body } = await app.rollback({ id: 9999 });
        expectEqual('status', status, 400);
        expectEqual('code', at(body, 'code'), 3);
        expectThat(
          'message',
          String(at(body, 'message')).endsWith(
            `${app.name} does not have deployment with id 9999`,
          ),
          body,
        );
      },
    },
    {
      id: 'without-id',
      claim: 'a rollback without an id is a 500',
      source: 'recordings/argocd/05-rollback-no-id.json',
      async check({ app }) {
        const { status, body } = await app.rollback({});
        expectEqual('status', status, 500);
        expectMatch('the error', body, { code: 13 });
      },
    },
    {
      id: 'dry-run',
      claim: 'a dry run of a rollback changes nothing',
      source: 'recordings/argocd/05-rollback-dryrun-state-after.json',
      async check({ app }) {
        const answer = await app.rollback({ id: 0, dryRun: true });
        await app.accepted(answer, 'a dry run of a rollback');
        const view = await app.finished(answer);
        expectEqual('phase', view.phase, 'Succeeded');
        expectEqual(
          'history',
          view.history.map(({ id }) => id),
          [0, 1],
        );
      },
    },
    {
      id: 'new-id-old-revision',
      claim:
        'a rollback is a new history entry with the old revision; Git still has the new one, so the application is OutOfSync',
      source:
        'recordings/argocd/05-rollback-history-state-after.json; argocd.md, "Pitfalls", 5',
      async check({ app, first, second }) {
        const answer = await app.rollback({ id: 0 });
        await app.accepted(answer, 'the rollback');
        const view = await app.finished(answer);
        expectEqual('phase', view.phase, 'Succeeded');
        expectEqual(
          'history',
          view.history.map(({ id, revision }) => [id, revision]),
          [
            [0, first],
            [1, second],
            [2, first],
          ],
        );
        await app.until('is OutOfSync', ({ sync }) => sync === 'OutOfSync');
      },
    },
    {
      id: 'automated',
      claim: 'while automated sync is on, a rollback is a 400 with code 9',
      source: 'recordings/argocd/05-rollback-automated.json',
      async check(fixture) {
        const { app } = fixture;
        await automate(fixture, { prune: true });
        await app.settled();
        const { status, body } = await app.rollback({ id: 0 });
        expectEqual('status', status, 400);
        expectMatch('the error', body, {
          code: 9,
          message: 'rollback cannot be initiated when auto-sync is enabled',
        });
      },
    },
    {
      id: 'automated-disabled',
      claim: 'with `automated.enabled: false` a rollback is accepted',
      source: 'recordings/argocd/05-rollback-automated-enabled-false.json',
      async check(fixture) {
        const { app } = fixture;
        await automate(fixture, { enabled: false, prune: true });
        const before = await app.finished();
        await app.accepted(await app.rollback({ id: 0 }), 'the rollback');
        const view = await app.until(
          'has a new history entry, and nothing running',
          ({ operating, lastId }) => !operating && lastId !== before.lastId,
        );
        expectEqual('revision', view.history.at(-1)?.revision, fixture.first);
      },
    },
  ],
});

import { viewOf } from '../argocd/application';
import type { ConfigBranch } from '../git/ConfigBranch';
import { at } from '../http/json';
import { defineTopic } from '../runner/defineTopic';
import {
  expectEqual,
  expectMatch,
  expectText,
  expectThat,
} from '../runner/assertions';
import { configMap } from '../installation/fixtures';
import type { TestApplication } from '../installation/TestApplication';
import type { Installation } from '../installation/Installation';

interface Fixture {
  installation: Installation;
  app: TestApplication;
  branch: ConfigBranch;
}

/** A kind that doesn't exist in any cluster. */
const UNKNOWN = `apiVersion: nowhere.landfall.invalid/v1
kind: Nothing
metadata:
  name: nothing
`;

const ids = ({ history }: { history: { id: number }[] }) =>
  history.map(({ id }) => id);

/** Which syncs are recorded in the history. */
export const history = defineTopic<Installation, Fixture>({
  name: 'history',
  async prepare(installation) {
    const branch = await installation.branch('history');
    await branch.commit({
      'plain/one.yaml': configMap(installation.named('history-one'), {
        value: '1',
      }),
      'plain/two.yaml': configMap(installation.named('history-two'), {
        value: '1',
      }),
    });
    const app = await installation.createApplication({
      name: 'history',
      branch,
      path: 'plain',
      revisionHistoryLimit: 2,
    });
    await app.until('is reconciled', view => view.sync === 'OutOfSync');
    return { installation, app, branch };
  },
  expectations: [
    {
      id: 'dry-run',
      claim: 'a dry run succeeds and writes no history',
      source: 'recordings/argocd/05-sync-dryrun-state-after.json',
      async check({ app }) {
        const view = await app.synced({ dryRun: true });
        expectEqual('phase', view.phase, 'Succeeded');
        expectMatch('the operation', at(view.raw, 'status', 'operationState'), {
          operation: { sync: { dryRun: true } },
        });
        expectEqual('history', ids(view), []);
      },
    },
    {
      id: 'first-sync',
      claim: 'the first full sync is history entry 0, which JSON shows',
      source: 'recordings/argocd/02-get-platform-tool.json',
      async check({ app }) {
        const view = await app.synced();
        expectEqual('history', ids(view), [0]);
        expectEqual('id', at(view.history[0].raw, 'id'), 0);
      },
    },
    {
      id: 'partial-sync',
      claim: 'a sync of some resources writes no history',
      source: 'recordings/argocd/05-sync-resources-state-after.json',
      async check({ app, installation }) {
        const view = await app.synced({
          resources: [
            {
              group: '',
              kind: 'ConfigMap',
              name: installation.named('history-one'),
              namespace: installation.config.argocd.destination.namespace,
            },
          ],
        });
        expectEqual('phase', view.phase, 'Succeeded');
        expectThat('the operation names its resources', view.partial, view.raw);
        expectEqual('history', ids(view), [0]);
      },
    },
    {
      id: 'missing-resource',
      claim: 'a sync of a resource that does not exist succeeds silently',
      source: 'argocd.md, "Writing"',
      async check({ app, installation }) {
        const view = await app.synced({
          resources: [
            {
              group: 'apps',
              kind: 'Deployment',
              name: installation.named('none'),
            },
          ],
        });
        expectEqual('phase', view.phase, 'Succeeded');
        expectEqual('history', ids(view), [0]);
      },
    },
    {
      id: 'failed-sync',
      claim: 'a failed sync reports what failed, and writes no history',
      source: 'recordings/argocd/02-get-unknownkind.json',
      async check({ app, branch }) {
        await branch.commit({ 'plain/unknown.yaml': UNKNOWN });
        await app.refresh();
        const view = await app.synced();
        expectEqual('phase', view.phase, 'Failed');
        expectText(
          'message',
          view.message,
          /^one or more synchronization tasks are not valid/,
        );
        expectEqual('history', ids(view), [0]);
        await branch.commit({ 'plain/unknown.yaml': null });
        await app.refresh();
      },
    },
    {
      id: 'same-revision-again',
      claim: 'another full sync of the same revision is another entry',
      source: 'argocd.md, "Fields that matter"',
      async check({ app }) {
        const view = await app.synced();
        expectEqual('history', ids(view), [0, 1]);
      },
    },
    {
      id: 'limit',
      claim: 'the history is limited by revisionHistoryLimit; ids continue',
      source: 'recordings/argocd/05-rollback-trimmed-id.json',
      async check({ app }) {
        const view = await app.synced();
        expectEqual('history', ids(view), [1, 2]);
        const trimmed = await app.rollback({ id: 0 });
        expectEqual('status of a rollback to entry 0', trimmed.status, 400);
        expectMatch('its error', trimmed.body, { code: 3 });
      },
    },
    {
      id: 'revision-follows-the-branch',
      claim:
        'sync.revision follows the head of the branch even if the application has not changed, and it stays Synced',
      source:
        'argocd.md, "Pitfalls", 1; recordings/promotions/monorepo-other-app-unaffected.json',
      async check({ app, branch }) {
        const sha = await branch.commit({ 'elsewhere/readme.txt': 'other' });
        const view = viewOf((await app.refresh()).raw);
        expectMatch('the application', view, {
          revision: sha,
          sync: 'Synced',
        });
        expectEqual('history', ids(view), [1, 2]);
      },
    },
    {
      id: 'prune-only-when-asked',
      claim:
        'resources that are no longer in Git are pruned only if a sync requests it',
      source: 'argocd.md, "Writing"',
      async check({ app, branch }) {
        await branch.commit({ 'plain/two.yaml': null });
        await app.refresh();
        const kept = await app.synced();
        expectEqual('sync status without prune', kept.sync, 'OutOfSync');
        await app.synced({ prune: true });
        await app.until('is Synced', view => view.sync === 'Synced');
      },
    },
  ],
});

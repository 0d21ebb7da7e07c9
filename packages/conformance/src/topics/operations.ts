import { viewOf } from '../argocd/application';
import type { ConfigBranch } from '../git/ConfigBranch';
import { at, list } from '../http/json';
import { Prerequisite } from '../runner/Expectation';
import { defineTopic } from '../runner/defineTopic';
import { expectEqual, expectMatch, expectThat } from '../runner/assertions';
import { configMap, plainDeployment } from '../installation/fixtures';
import type { TestApplication } from '../installation/TestApplication';
import type { Installation } from '../installation/Installation';

interface Fixture {
  installation: Installation;
  /**
   * Its sync has a wave and a hook after a Deployment that never becomes
   * healthy.
   */
  endless: TestApplication;
  /** Automated, with self-heal. */
  healing: TestApplication;
  branch: ConfigBranch;
}

const ENDLESS_SECONDS = 3600;

/** Operations over time: running, ended, refused, started by Argo CD itself. */
export const operations = defineTopic<Installation, Fixture>({
  name: 'operations',
  async prepare(installation) {
    const branch = await installation.branch('operations');
    const { imagePrefix, path } = installation.config.registry;
    const name = installation.named('endless');
    await branch.commit({
      'endless/deployment.yaml': plainDeployment(
        name,
        `${imagePrefix}/${path}/${name}:${installation.config.failingTag}`,
        ENDLESS_SECONDS,
      ),
      'endless/later.yaml': configMap(
        installation.named('endless-later'),
        { value: '1' },
        { 'argocd.argoproj.io/sync-wave': '1' },
      ),
      'endless/hook.yaml': configMap(
        installation.named('endless-hook'),
        { value: '1' },
        { 'argocd.argoproj.io/hook': 'PostSync' },
      ),
      'healing/one.yaml': configMap(installation.named('healing'), {
        value: '1',
      }),
    });
    const endless = await installation.createApplication({
      name: 'endless',
      branch,
      path: 'endless',
    });
    const healing = await installation.createApplication({
      name: 'healing',
      branch,
      path: 'healing',
      automated: { prune: true, selfHeal: true },
    });
    await endless.until('is reconciled', view => view.sync === 'OutOfSync');
    return { installation, branch, endless, healing };
  },
  expectations: [
    {
      id: 'running',
      claim:
        'a sync with further waves is Running until what it applied is healthy',
      source: 'recordings/argocd/05-get-while-running.json',
      async check({ endless }) {
        await endless.accepted(await endless.sync(), 'the sync');
        const view = await endless.until(
          'is Running and waits for a healthy state',
          ({ phase, message }) =>
            phase === 'Running' && message.startsWith('waiting for healthy'),
        );
        expectThat('the operation is there', view.operating, view.raw);
        expectEqual(
          'finishedAt',
          at(view.raw, 'status', 'operationState', 'finishedAt'),
          undefined,
        );
      },
    },
    {
      id: 'waves',
      claim: 'a wave is not applied before the previous one is healthy',
      source: 'argocd.md, "Pitfalls", 7',
      async check({ endless, installation }) {
        const { raw } = await endless.read();
        const names = (resources: unknown) =>
          list(resources).map(resource => at(resource, 'name'));
        expectEqual(
          'what was applied',
          names(at(raw, 'status', 'operationState', 'syncResult', 'resources')),
          [installation.named('endless')],
        );
        const later = list(at(raw, 'status', 'resources')).find(
          resource =>
            at(resource, 'name') === installation.named('endless-later'),
        );
        expectMatch('the later wave', later, {
          status: 'OutOfSync',
          health: { status: 'Missing' },
        });
      },
    },
    {
      id: 'one-at-a-time',
      claim:
        'while an operation runs, a sync is a 400 with code 9, and so is a rollback',
      source:
        'recordings/argocd/05-sync-already-running.json; argocd.md, "Writing"',
      async check({ endless }) {
        for (const answer of [
          await endless.sync(),
          await endless.rollback({ id: 0 }),
        ]) {
          expectEqual('status', answer.status, 400);
        }
        const { body } = await endless.sync();
        expectMatch('the error', body, {
          code: 9,
          message: 'another operation is already in progress',
        });
      },
    },
    {
      id: 'terminate',
      claim: 'terminating ends the operation as Failed, without history',
      source:
        'recordings/argocd/05-terminate-ok.json, 05-terminate-state-after.json',
      async check({ endless, installation }) {
        const answer = await installation.argocd.call(
          'DELETE',
          `${endless.path}/operation`,
        );
        expectEqual('status', answer.status, 200);
        expectEqual('body', answer.body, {});
        const view = await endless.finished();
        expectMatch('the end', view, {
          phase: 'Failed',
          message: 'Operation terminated',
        });
        expectEqual('history', view.history, []);
      },
    },
    {
      id: 'terminate-nothing',
      claim: 'terminating when nothing runs is a 400 with code 3',
      source: 'recordings/argocd/05-terminate-none-running.json',
      async check({ endless, installation }) {
        const { status, body } = await installation.argocd.call(
          'DELETE',
          `${endless.path}/operation`,
        );
        expectEqual('status', status, 400);
        expectMatch('the error', body, {
          code: 3,
          message: 'Unable to terminate operation. No operation is in progress',
        });
      },
    },
    {
      id: 'automated-sync',
      claim:
        'an automated application syncs itself, and marks operation and history as automated',
      source: 'recordings/promotions/helmvalues.json',
      async check({ healing }) {
        const { raw } = await healing.settled();
        expectMatch('the operation', at(raw, 'status', 'operationState'), {
          operation: { initiatedBy: { automated: true } },
        });
        expectMatch('the history', at(raw, 'status', 'history', 0), {
          initiatedBy: { automated: true },
        });
      },
    },
    {
      id: 'self-heal',
      claim:
        'self-heal is an automated sync of what differs, and writes no history',
      source: 'recordings/promotions/self-heal.json',
      async check({ healing, installation }) {
        const before = await healing.settled();
        const { namespace } = installation.config.argocd.destination;
        const resource = `namespace=${namespace}&resourceName=${installation.named(
          'healing',
        )}&version=v1&kind=ConfigMap&group=`;
        const events = await healing.watch();
        try {
          const answer = await installation.argocd.call(
            'DELETE',
            `${healing.path}/resource?${resource}`,
          );
          if (answer.status === 403) {
            throw new Prerequisite(
              'the account may not delete a live resource: grant `applications, delete/*`',
            );
          }
          await healing.accepted(answer, 'deleting a resource');
          const healed = await installation.timeout.until(
            `${healing.name} has healed itself by a partial sync`,
            async () =>
              events.events().map(({ application }) => viewOf(application)),
            views =>
              views.some(
                ({ partial, phase }) => partial && phase === 'Succeeded',
              ),
            { show: views => views.length },
          );
          const heal = healed.find(
            ({ partial, phase }) => partial && phase === 'Succeeded',
          );
          expectMatch(
            'the operation',
            at(heal?.raw, 'status', 'operationState', 'operation'),
            { initiatedBy: { automated: true } },
          );
          const after = await healing.settled();
          expectEqual('last history id', after.lastId, before.lastId);
        } finally {
          events.close();
        }
      },
    },
    {
      id: 'delete-cascade',
      claim:
        'a deletion with cascade first marks the application, and then removes it with its resources',
      source:
        'recordings/argocd/05-delete-cascade-true.json, 05-delete-cascade-get-during.json',
      async check({ healing, installation }) {
        const events = await healing.watch();
        try {
          const answer = await installation.argocd.call(
            'DELETE',
            `${healing.path}?cascade=true&propagationPolicy=foreground&project=${healing.project}`,
          );
          expectEqual('status', answer.status, 200);
          expectEqual('body', answer.body, {});
          const all = await installation.timeout.until(
            `${healing.name} is DELETED`,
            async () => events.events(),
            seen => seen.some(({ type }) => type === 'DELETED'),
            { show: seen => seen.map(({ type }) => type) },
          );
          expectThat(
            'it was marked before',
            all.some(
              ({ type, application }) =>
                type === 'MODIFIED' &&
                at(application, 'metadata', 'deletionTimestamp') !== undefined,
            ),
            all.map(({ type }) => type),
          );
        } finally {
          events.close();
        }
      },
    },
    {
      id: 'delete-again',
      claim:
        'deleting a missing application is a 404 with `project`, a 403 without',
      source:
        'recordings/argocd/05-delete-again-with-project.json, 05-delete-again.json',
      async check({ healing, installation }) {
        const path = `${healing.path}?cascade=false`;
        const known = await installation.argocd.call(
          'DELETE',
          `${path}&project=${healing.project}`,
        );
        expectEqual('status with project', known.status, 404);
        const unknown = await installation.argocd.call('DELETE', path);
        expectEqual('status without', unknown.status, 403);
      },
    },
  ],
});

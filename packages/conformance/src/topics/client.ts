import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  Application,
  ApplicationRef,
} from '@landfall/backstage-plugin-delivery-common';
import {
  DefaultArgoCdClient,
  SeededApplicationWatch,
} from '@landfall/backstage-plugin-delivery-node';
import { viewOf } from '../argocd/application';
import type { ConfigBranch } from '../git/ConfigBranch';
import { at } from '../http/json';
import { Prerequisite } from '../runner/Expectation';
import { defineTopic } from '../runner/defineTopic';
import { expectEqual, expectThat } from '../runner/assertions';
import { configMap } from '../installation/fixtures';
import type { TestApplication } from '../installation/TestApplication';
import type { Installation } from '../installation/Installation';

interface Fixture {
  installation: Installation;
  app: TestApplication;
  branch: ConfigBranch;
  client: DefaultArgoCdClient;
  ref: ApplicationRef;
}

const INSTANCE = 'conformance';
const SOURCE = 'the raw answers of this installation';

const SILENT: LoggerService = {
  error: () => {},
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => SILENT,
};

/**
 * Compares what our client decoded with the same fields of the raw application.
 */
function expectSame(decoded: Application | undefined, raw: unknown): void {
  const view = viewOf(raw);
  expectThat('the client has it', decoded !== undefined);
  expectEqual(
    'decoded',
    {
      name: decoded.ref.name,
      namespace: decoded.ref.namespace,
      uid: decoded.uid,
      project: decoded.project,
      sync: decoded.sync,
      health: decoded.health.status,
      history: decoded.history.map(({ id, revisions }) => [id, revisions]),
      phase: decoded.operation?.phase,
      automated: decoded.automatedSync,
      resources: decoded.resources.total,
    },
    {
      name: at(raw, 'metadata', 'name'),
      namespace: at(raw, 'metadata', 'namespace'),
      uid: at(raw, 'metadata', 'uid'),
      project: at(raw, 'spec', 'project'),
      sync: { status: view.sync, revisions: [view.revision] },
      health: view.health,
      history: view.history.map(({ id, revision }) => [id, [revision]]),
      phase: view.phase,
      automated: false,
      resources: 1,
    },
  );
}

/** Compares Landfall's own client with the raw responses. */
export const client = defineTopic<Installation, Fixture>({
  name: 'client',
  async prepare(installation) {
    const { argocd, trust } = installation.config;
    if (trust.insecure) {
      throw new Prerequisite(
        'our client takes no certificate that it cannot check: use CA_FILE in place of INSECURE_TLS',
      );
    }
    const branch = await installation.branch('client');
    await branch.commit({
      'plain/one.yaml': configMap(installation.named('client'), { value: '1' }),
    });
    const app = await installation.createApplication({
      name: 'client',
      branch,
      path: 'plain',
    });
    await app.until('is reconciled', view => view.sync === 'OutOfSync');
    await app.synced();
    await app.settled();
    return {
      installation,
      app,
      branch,
      client: DefaultArgoCdClient.create({
        name: INSTANCE,
        url: installation.argocd.url,
        frontendUrl: installation.argocd.url,
        credentials: { token: installation.argocd.token },
        ca: trust.ca,
      }),
      ref: {
        instance: INSTANCE,
        namespace: argocd.namespace,
        name: app.name,
      },
    };
  },
  expectations: [
    {
      id: 'single-read',
      claim: 'our client decodes a single read correctly',
      source: SOURCE,
      async check({ app, client: own, ref }) {
        const decoded = await own.getApplication(ref, { project: app.project });
        expectSame(decoded, (await app.read()).raw);
      },
    },
    {
      id: 'missing',
      claim:
        'our client distinguishes a missing application from a forbidden one if it knows the project',
      source: SOURCE,
      async check({ app, client: own, ref }) {
        expectEqual(
          'what it reads',
          await own.getApplication(
            { ...ref, name: `${ref.name}-none` },
            { project: app.project },
          ),
          undefined,
        );
      },
    },
    {
      id: 'list',
      claim:
        'our client decodes every application of the list, and ours correctly',
      source: SOURCE,
      async check({ installation, app, client: own }) {
        const { applications, undecodable } = await own.listApplications({
          projects: [installation.config.argocd.project],
        });
        expectEqual(
          'applications that it could not decode',
          undecodable.map(({ ref, error }) => [ref?.name, error.message]),
          [],
        );
        expectSame(
          applications.find(({ ref }) => ref.name === app.name),
          (await app.read()).raw,
        );
      },
    },
    {
      id: 'revision-metadata',
      claim: 'our client reads the same revision metadata',
      source: SOURCE,
      async check({ installation, app, branch, client: own, ref }) {
        const sha = await branch.head();
        const read = await own.getRevisionMetadata(ref, sha, {
          project: app.project,
        });
        const { body } = await installation.argocd.get(
          `${app.path}/revisions/${sha}/metadata`,
        );
        expectEqual(
          'metadata',
          [read.author, Date.parse(read.date), read.message],
          [
            at(body, 'author'),
            Date.parse(String(at(body, 'date'))),
            at(body, 'message'),
          ],
        );
      },
    },
    {
      id: 'watch',
      claim:
        'our watch lists applications and observes changes and the deletion of one',
      source: SOURCE,
      async check({ installation, branch, client: own }) {
        const seen = new Map<string, Application>();
        const deleted: string[] = [];
        const watch = SeededApplicationWatch.create({
          client: own,
          logger: SILENT,
          listener: {
            async onList(applications) {
              applications.forEach(one => seen.set(one.ref.name, one));
            },
            async onChanged(application) {
              seen.set(application.ref.name, application);
            },
            async onDeleted({ name }) {
              deleted.push(name);
            },
            async onState() {},
          },
        });
        watch.start();
        try {
          await installation.timeout.until(
            'the watch is live',
            async () => watch.status(),
            ({ state }) => state === 'live',
          );
          const short = await installation.createApplication({
            name: 'watched',
            branch,
            path: 'plain',
          });
          await short.until('is reconciled', view => view.sync !== '');
          await short.synced();
          const { raw } = await short.settled();
          await installation.timeout.until(
            'the watch has seen what a read shows',
            async () => seen.get(short.name),
            application =>
              application?.health.status === 'Healthy' &&
              application.sync.status === 'Synced' &&
              application.history.length === 1,
            { show: application => application?.sync },
          );
          expectSame(seen.get(short.name), raw);
          const answer = await installation.argocd.call(
            'DELETE',
            `${short.path}?cascade=true&project=${short.project}`,
          );
          await short.accepted(answer, 'deleting');
          await installation.timeout.until(
            'the watch has heard of the end',
            async () => deleted,
            names => names.includes(short.name),
          );
        } finally {
          await watch.stop();
        }
      },
    },
    {
      id: 'sync-and-refusals',
      claim:
        "our client starts a sync with its correlation id, and its errors keep Argo CD's message",
      source: SOURCE,
      async check({ installation, app, client: own, ref }) {
        await own.operations.sync(ref, { correlationId: 'conformance-1' });
        const decoded = await installation.timeout.until(
          'our sync has ended, and carries the correlation id',
          () => own.getApplication(ref, { project: app.project }),
          read =>
            read?.operation?.correlationId === 'conformance-1' &&
            read.operation.phase !== 'Running',
          { show: read => read?.operation },
        );
        expectEqual('phase', decoded?.operation?.phase, 'Succeeded');
        const error = await own.operations
          .rollback(ref, { historyId: 9999 })
          .then(
            () => undefined,
            (refusal: Error) => refusal,
          );
        expectThat(
          'the refusal keeps the message',
          error?.message.includes('does not have deployment with id 9999') ??
            false,
          error?.message,
        );
      },
    },
  ],
});

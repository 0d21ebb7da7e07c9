import { at, list } from '../http/json';
import { defineTopic } from '../runner/defineTopic';
import { expectEqual, expectMatch, expectThat } from '../runner/assertions';
import { configMap } from '../installation/fixtures';
import {
  PLAIN_FILE,
  plainApplication,
  type PlainApplication,
} from '../installation/plainApplication';
import type { Installation } from '../installation/Installation';

const CONTRACT = 'argocd.md, "Reading applications"';

/** What reading a single application returns. */
export const reads = defineTopic<Installation, PlainApplication>({
  name: 'reads',
  async prepare(installation) {
    const plain = await plainApplication(installation, 'reads', {
      automated: { prune: true },
    });
    await plain.app.settled();
    return plain;
  },
  expectations: [
    {
      id: 'single-read',
      claim:
        'a single read has sync status, health, history, resources with health, source type and the time of reconciliation',
      source: 'recordings/argocd/02-get-platform-tool.json',
      async check({ app, installation }) {
        const view = await app.read();
        expectMatch('the application', view.raw, {
          metadata: {
            name: app.name,
            namespace: installation.config.argocd.namespace,
          },
          status: {
            sync: { status: 'Synced' },
            health: { status: 'Healthy' },
            sourceType: 'Directory',
            operationState: { phase: 'Succeeded' },
          },
        });
        expectThat(
          'reconciledAt is a time',
          !Number.isNaN(
            Date.parse(String(at(view.raw, 'status', 'reconciledAt'))),
          ),
          at(view.raw, 'status', 'reconciledAt'),
        );
        expectMatch(
          'the first resource',
          at(view.raw, 'status', 'resources', 0),
          {
            version: 'v1',
            kind: 'ConfigMap',
            name: installation.named('reads'),
            status: 'Synced',
          },
        );
      },
    },
    {
      id: 'app-namespace-of-its-own',
      claim:
        'with `appNamespace` of Argo CD itself the response is the same application',
      source: CONTRACT,
      async check({ app, installation }) {
        const { status, body } = await installation.argocd.get(
          `${app.path}?appNamespace=${installation.config.argocd.namespace}`,
        );
        expectEqual('status', status, 200);
        expectEqual('name', at(body, 'metadata', 'name'), app.name);
      },
    },
    {
      id: 'percent-encoding-is-decoded',
      claim:
        'a percent-encoded name is decoded before routing, an encoded slash too',
      source: 'recordings/argocd/05-path-encoded-slash-into-subresource.json',
      async check({ app, installation }) {
        const encoded = `%${app.name
          .charCodeAt(0)
          .toString(16)}${app.name.slice(1)}`;
        const read = await installation.argocd.get(
          `/api/v1/applications/${encoded}`,
        );
        expectEqual('name', at(read.body, 'metadata', 'name'), app.name);
        const tree = await installation.argocd.get(
          `/api/v1/applications/${app.name}%2Fresource-tree`,
        );
        expectEqual('status of %2Fresource-tree', tree.status, 200);
        expectThat(
          'it is the resource tree',
          list(at(tree.body, 'nodes')).length > 0,
          tree.body,
        );
      },
    },
    {
      id: 'refresh-waits',
      claim: '`refresh=normal` responds after Argo CD has read Git',
      source: CONTRACT,
      async check({ app, branch, installation }) {
        const sha = await branch.commit({
          [PLAIN_FILE]: configMap(installation.named('reads'), { value: '2' }),
        });
        expectEqual('revision', (await app.refresh()).revision, sha);
      },
    },
    {
      id: 'details',
      claim:
        'resource tree, managed resources, manifests, sync windows, events and links have their shapes',
      source: 'recordings/argocd/03-*.json',
      async check({ app, installation }) {
        await app.settled();
        const { argocd } = installation;
        const tree = await argocd.get(`${app.path}/resource-tree`);
        expectMatch('first node', at(tree.body, 'nodes', 0), {
          kind: 'ConfigMap',
          version: 'v1',
        });
        const managed = await argocd.get(`${app.path}/managed-resources`);
        expectMatch('first managed resource', at(managed.body, 'items', 0), {
          kind: 'ConfigMap',
          name: installation.named('reads'),
        });
        const manifests = await argocd.get(`${app.path}/manifests`);
        const manifest = String(at(manifests.body, 'manifests', 0));
        expectThat(
          'manifests are JSON texts',
          at(JSON.parse(manifest), 'kind') === 'ConfigMap',
          manifest,
        );
        const windows = await argocd.get(`${app.path}/syncwindows`);
        expectThat(
          'canSync is told',
          typeof at(windows.body, 'canSync') === 'boolean',
          windows.body,
        );
        const events = await argocd.get(`${app.path}/events`);
        const reasons = list(at(events.body, 'items')).map(event =>
          at(event, 'reason'),
        );
        expectThat(
          'the events tell of an operation',
          reasons.includes('OperationStarted'),
          reasons,
        );
        const links = await argocd.get(`${app.path}/links`);
        expectEqual('status of links', links.status, 200);
      },
    },
    {
      id: 'one-managed-resource',
      claim:
        'managed resources can be narrowed to one, with its target, live, normalized and predicted state as JSON texts',
      source: 'recordings/argocd/03-managed-resources.json',
      async check({ app, installation }) {
        const name = installation.named('reads');
        const { body } = await installation.argocd.get(
          `${app.path}/managed-resources?kind=ConfigMap&name=${name}`,
        );
        const items = list(at(body, 'items'));
        expectEqual('number of resources', items.length, 1);
        for (const state of [
          'targetState',
          'liveState',
          'normalizedLiveState',
          'predictedLiveState',
        ]) {
          expectMatch(state, JSON.parse(String(at(items[0], state))), {
            kind: 'ConfigMap',
            metadata: { name },
            data: { value: '2' },
          });
        }
      },
    },
    {
      id: 'sync-result',
      claim:
        'a single read has what the last sync did with each resource, with a message',
      source: 'recordings/argocd/02-get-cart.json',
      async check({ app, installation }) {
        const { raw } = await app.read();
        const result = at(
          raw,
          'status',
          'operationState',
          'syncResult',
          'resources',
          0,
        );
        expectMatch('the first result', result, {
          kind: 'ConfigMap',
          name: installation.named('reads'),
          status: 'Synced',
        });
        expectThat(
          'it has a message',
          typeof at(result, 'message') === 'string',
          result,
        );
      },
    },
    {
      id: 'live-resource',
      claim:
        "a live resource is a JSON text in `manifest`; one that is not the application's is a 400 with code 3",
      source: 'recordings/argocd/03-resource-not-in-app.json',
      async check({ app, installation }) {
        const { namespace } = installation.config.argocd.destination;
        const read = (name: string) =>
          installation.argocd.get(
            `${app.path}/resource?namespace=${namespace}&resourceName=${name}&version=v1&kind=ConfigMap&group=`,
          );
        const { body } = await read(installation.named('reads'));
        expectMatch(
          'the live resource',
          JSON.parse(String(at(body, 'manifest'))),
          {
            kind: 'ConfigMap',
            data: { value: '2' },
          },
        );
        const other = await read(installation.named('none'));
        expectEqual('status', other.status, 400);
        expectMatch('the error', other.body, { code: 3 });
      },
    },
  ],
});

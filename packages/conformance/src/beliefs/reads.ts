import type { ConfigBranch } from '../git/ConfigBranch';
import { at, isObject, list } from '../http/json';
import { expectEqual, expectMatch, expectThat } from '../runner/expectations';
import { defineTopic } from '../runner/defineTopic';
import { configMap } from '../world/fixtures';
import type { TestApplication } from '../world/TestApplication';
import { PREFIX_LABEL, type World } from '../world/World';

interface Fixture {
  world: World;
  app: TestApplication;
  branch: ConfigBranch;
}

const CONTRACT = 'argocd.md, "Reading applications"';

async function items(world: World, query: string): Promise<unknown[]> {
  const { status, body } = await world.argocd.get(
    `/api/v1/applications?${query}`,
  );
  expectEqual(`status of the list ?${query}`, status, 200);
  return list(at(body, 'items'));
}

const names = (applications: unknown[]) =>
  applications.map(item => at(item, 'metadata', 'name')).sort();

/** What lists and single reads answer. */
export const reads = defineTopic<World, Fixture>({
  name: 'reads',
  async prepare(world) {
    const branch = await world.branch('reads');
    await branch.commit({
      'plain/one.yaml': configMap(world.named('reads'), { value: '1' }),
    });
    const app = await world.createApplication({
      name: 'reads',
      branch,
      path: 'plain',
      labels: { tier: world.named('backend') },
      automated: { prune: true },
    });
    await app.settled();
    return { world, app, branch };
  },
  beliefs: [
    {
      id: 'list-by-name',
      says: 'a list by name holds that application alone, whole, and a resourceVersion of the list',
      source: 'recordings/argocd/02-list-name.json',
      async check({ world, app }) {
        const { body } = await world.argocd.get(
          `/api/v1/applications?name=${app.name}`,
        );
        const found = list(at(body, 'items'));
        expectEqual('names', names(found), [app.name]);
        expectThat(
          'the list has a resourceVersion',
          /^\d+$/.test(String(at(body, 'metadata', 'resourceVersion'))),
          at(body, 'metadata'),
        );
        expectThat(
          'history, resources and spec are in it',
          list(at(found, 0, 'status', 'history')).length > 0 &&
            list(at(found, 0, 'status', 'resources')).length > 0 &&
            isObject(at(found, 0, 'spec', 'source')),
          found[0],
        );
      },
    },
    {
      id: 'list-by-selector',
      says: 'a selector chooses by equality and by sets',
      source: 'recordings/argocd/02-list-selector-in.json',
      async check({ world, app }) {
        const label = encodeURIComponent(PREFIX_LABEL);
        for (const selector of [
          `${label}%3D${world.prefix},tier%3D${world.named('backend')}`,
          `tier%20in%20%28${world.named('backend')}%2C%20nowhere%29`,
        ]) {
          expectEqual(
            `names of ${decodeURIComponent(selector)}`,
            names(await items(world, `selector=${selector}`)),
            [app.name],
          );
        }
      },
    },
    {
      id: 'list-by-project',
      says: '`projects` may be repeated, and `project` is another name for it',
      source:
        'recordings/argocd/02-list-projects-two.json, 02-list-project-alias.json',
      async check({ world, app }) {
        const { project } = world.config.argocd;
        for (const query of [
          `projects=${project}&projects=${world.named('none')}`,
          `project=${project}`,
        ]) {
          const found = await items(world, query);
          expectThat(
            `${app.name} is in ?${query}`,
            names(found).includes(app.name),
            names(found),
          );
          expectThat(
            `all of ?${query} are of the project`,
            found.every(item => at(item, 'spec', 'project') === project),
          );
        }
      },
    },
    {
      id: 'empty-lists-are-null',
      says: 'a list of an unknown project, or of a namespace that is not enabled, is `items: null` and no error',
      source:
        'recordings/argocd/02-list-projects-unknown.json, 02-list-appnamespace-not-enabled.json',
      async check({ world }) {
        for (const query of [
          `projects=${world.named('none')}`,
          `appNamespace=${world.named('none')}`,
          `name=${world.named('none')}`,
        ]) {
          const { status, body } = await world.argocd.get(
            `/api/v1/applications?${query}`,
          );
          expectEqual(`status of ?${query}`, status, 200);
          expectEqual(`items of ?${query}`, at(body, 'items'), null);
        }
      },
    },
    {
      id: 'list-fields',
      says: '`fields` leaves only what it names; a name that the server does not know leaves empty objects',
      source:
        'recordings/argocd/02-list-fields-unencoded-commas.json, 02-list-fields-one-unknown.json',
      async check({ world, app }) {
        const name = `name=${app.name}`;
        const [some] = await items(
          world,
          `${name}&fields=items.metadata.name,items.status.sync.status,items.status.history`,
        );
        expectEqual('the item', some, {
          metadata: { name: app.name },
          status: { sync: { status: 'Synced' } },
        });
        expectEqual(
          'items with an unknown field',
          await items(world, `${name}&fields=items.status.nonsense`),
          [{}],
        );
      },
    },
    {
      id: 'list-fields-excluded',
      says: '`fields` with a leading `-` leaves out what it names, and all that the server does not know; excluding such a field is a 500',
      source: `recordings/argocd/02-list-fields-exclude.json; ${CONTRACT}`,
      async check({ world, app }) {
        const name = `name=${app.name}`;
        const [item] = await items(
          world,
          `${name}&fields=-items.status.resources%2Citems.metadata.managedFields`,
        );
        for (const field of ['resources', 'history', 'reconciledAt']) {
          expectEqual(field, at(item, 'status', field), undefined);
        }
        expectEqual('sync', at(item, 'status', 'sync', 'status'), 'Synced');
        expectEqual('name', at(item, 'metadata', 'name'), app.name);
        const { status } = await world.argocd.get(
          `/api/v1/applications?${name}&fields=-items.status.history`,
        );
        expectEqual('status of -items.status.history', status, 500);
      },
    },
    {
      id: 'single-read',
      says: 'a single read has sync status, health, history, resources with health, source type and the time of reconciliation',
      source: 'recordings/argocd/02-get-platform-tool.json',
      async check({ app, world }) {
        const view = await app.read();
        expectMatch('the application', view.raw, {
          metadata: {
            name: app.name,
            namespace: world.config.argocd.namespace,
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
            name: world.named('reads'),
            status: 'Synced',
          },
        );
      },
    },
    {
      id: 'app-namespace-of-its-own',
      says: 'with `appNamespace` of Argo CD itself the answer is the same application',
      source: CONTRACT,
      async check({ app, world }) {
        const { status, body } = await world.argocd.get(
          `${app.path}?appNamespace=${world.config.argocd.namespace}`,
        );
        expectEqual('status', status, 200);
        expectEqual('name', at(body, 'metadata', 'name'), app.name);
      },
    },
    {
      id: 'percent-encoding-is-decoded',
      says: 'a percent-encoded name is decoded before routing, an encoded slash too',
      source: 'recordings/argocd/05-path-encoded-slash-into-subresource.json',
      async check({ app, world }) {
        const encoded = `%${app.name
          .charCodeAt(0)
          .toString(16)}${app.name.slice(1)}`;
        const read = await world.argocd.get(`/api/v1/applications/${encoded}`);
        expectEqual('name', at(read.body, 'metadata', 'name'), app.name);
        const tree = await world.argocd.get(
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
      says: '`refresh=normal` answers after Argo CD has looked at Git',
      source: CONTRACT,
      async check({ app, branch, world }) {
        const sha = await branch.commit({
          'plain/one.yaml': configMap(world.named('reads'), { value: '2' }),
        });
        expectEqual('revision', (await app.refresh()).revision, sha);
      },
    },
    {
      id: 'details',
      says: 'resource tree, managed resources, manifests, sync windows, events and links answer in their shapes',
      source: 'recordings/argocd/03-*.json',
      async check({ app, world }) {
        await app.settled();
        const { argocd } = world;
        const tree = await argocd.get(`${app.path}/resource-tree`);
        expectMatch('first node', at(tree.body, 'nodes', 0), {
          kind: 'ConfigMap',
          version: 'v1',
        });
        const managed = await argocd.get(`${app.path}/managed-resources`);
        expectMatch('first managed resource', at(managed.body, 'items', 0), {
          kind: 'ConfigMap',
          name: world.named('reads'),
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
      id: 'live-resource',
      says: "a live resource is a JSON text in `manifest`; one that is not the application's is a 400 with code 3",
      source: 'recordings/argocd/03-resource-not-in-app.json',
      async check({ app, world }) {
        const { namespace } = world.config.argocd.destination;
        const read = (name: string) =>
          world.argocd.get(
            `${app.path}/resource?namespace=${namespace}&resourceName=${name}&version=v1&kind=ConfigMap&group=`,
          );
        const { body } = await read(world.named('reads'));
        expectMatch(
          'the live resource',
          JSON.parse(String(at(body, 'manifest'))),
          {
            kind: 'ConfigMap',
            data: { value: '2' },
          },
        );
        const other = await read(world.named('none'));
        expectEqual('status', other.status, 400);
        expectMatch('the error', other.body, { code: 3 });
      },
    },
  ],
});

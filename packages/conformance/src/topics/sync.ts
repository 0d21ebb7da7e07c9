import { type ApplicationView, summaryOf, viewOf } from '../argocd/application';
import type { ConfigBranch } from '../git/ConfigBranch';
import { at, list } from '../http/json';
import type { ImageRepository } from '../registry/ImageRepository';
import { defineTopic } from '../runner/defineTopic';
import { expectEqual, expectMatch, expectThat } from '../runner/assertions';
import { helmChart, valuesYaml } from '../installation/fixtures';
import type { TestApplication } from '../installation/TestApplication';
import type { Installation } from '../installation/Installation';

interface Fixture {
  installation: Installation;
  app: TestApplication;
  branch: ConfigBranch;
  images: ImageRepository;
  /** Every state the stream sent during the sync from 1.0.0 to 1.0.1. */
  views: ApplicationView[];
  revision: string;
}

const PITFALL_9 =
  'argocd.md, "Pitfalls", 9; recordings/promotions/helmvalues.json';
const CORRELATION = { name: 'conformance-id', value: 'sync-1' };

/** All states of one sync, for messages. */
const story = (views: ApplicationView[]) => views.map(summaryOf);

/** A manual sync that changes an image, as a watch sees it. */
export const sync = defineTopic<Installation, Fixture>({
  name: 'sync',
  async prepare(installation) {
    const branch = await installation.branch('sync');
    const images = await installation.images('sync');
    await images.push('1.0.0');
    await images.push('1.0.1');
    await branch.commit(
      helmChart({ folder: 'chart', image: images.image, tag: '1.0.0' }),
    );
    const app = await installation.createApplication({
      name: 'sync',
      branch,
      path: 'chart',
      helm: { releaseName: installation.named('sync') },
    });
    await app.until('is OutOfSync', view => view.sync === 'OutOfSync');
    await app.synced();
    const image = (tag: string) => `${installation.named('sync')}:${tag}`;
    await app.settled(image('1.0.0'));

    const revision = await branch.commit({
      'chart/values.yaml': valuesYaml(images.image, '1.0.1'),
    });
    await app.refresh();
    const events = await app.watch();
    const seen = events.events().length - 1;
    try {
      const views = () =>
        events
          .events()
          .slice(seen)
          .map(({ application }) => viewOf(application));
      const answer = await app.sync({
        revision: branch.name,
        infos: [CORRELATION],
      });
      await app.accepted(answer, 'the sync');
      const done = await installation.timeout.until(
        `${app.name} is Succeeded, Synced and Healthy with the new image alone`,
        async () => views(),
        all => isDone(all.at(-1), image('1.0.1')),
        { show: story },
      );
      return { installation, app, branch, images, views: done, revision };
    } finally {
      events.close();
    }
  },
  expectations: [
    {
      id: 'out-of-sync-first',
      claim:
        'a manual application is OutOfSync with the new revision before it is synced',
      source: 'recordings/promotions/manual-sync-then-rollback.json',
      async check({ views: [first], revision }) {
        expectMatch('the first event', first, {
          operating: false,
          sync: 'OutOfSync',
          health: 'Healthy',
          revision,
        });
      },
    },
    {
      id: 'operation-replaces-state',
      claim:
        'when a sync is requested, the operation state disappears, and returns as Running',
      source: PITFALL_9,
      async check({ views }) {
        const [asked, ...after] = views.filter(({ operating }) => operating);
        expectEqual('phase of the first event', asked?.phase, undefined);
        expectThat(
          'Running comes after it',
          after.some(({ phase }) => phase === 'Running'),
          story(views),
        );
      },
    },
    {
      id: 'order',
      claim:
        'events of an application arrive in the order of its changes: its resourceVersion never decreases',
      source: 'recordings/argocd/04-sse-sync-with-hooks.json',
      async check({ views }) {
        const versions = views.map(({ raw }) =>
          Number(at(raw, 'metadata', 'resourceVersion')),
        );
        expectEqual(
          'resource versions',
          versions,
          [...versions].sort((a, b) => a - b),
        );
      },
    },
    {
      id: 'history-before-succeeded',
      claim: 'the history entry is there before the operation is Succeeded',
      source: PITFALL_9,
      async check({ views }) {
        const before = views[0].lastId;
        const entry = views.findIndex(({ lastId }) => lastId !== before);
        const succeeded = views.findIndex(
          ({ phase, lastId }, index) =>
            index >= entry && phase === 'Succeeded' && lastId !== before,
        );
        expectThat('a history entry comes', entry >= 0, story(views));
        expectEqual(
          'phase of the event that brings it',
          views[entry].phase,
          'Running',
        );
        expectThat('Succeeded comes after it', succeeded > entry, story(views));
      },
    },
    {
      id: 'succeeded-is-not-done',
      claim:
        'right after Succeeded the application can still show the old state; then it is Progressing',
      source: PITFALL_9,
      async check({ views }) {
        const before = views[0].lastId;
        const succeeded = views.findIndex(
          ({ phase, lastId }) => phase === 'Succeeded' && lastId !== before,
        );
        expectThat(
          'the first Succeeded is no end',
          succeeded < views.length - 1,
          story(views),
        );
        expectThat(
          'Progressing comes after it',
          views.slice(succeeded).some(({ health }) => health === 'Progressing'),
          story(views),
        );
      },
    },
    {
      id: 'both-images-while-rolling-out',
      claim:
        'during the rollout, the images contain the old one and the new one',
      source: PITFALL_9,
      async check({ views, installation }) {
        const name = installation.named('sync');
        expectThat(
          'some event has both',
          views.some(
            ({ images }) => images.join() === `${name}:1.0.0,${name}:1.0.1`,
          ),
          story(views),
        );
      },
    },
    {
      id: 'history-entry',
      claim:
        'a history entry has id, revision, source, both times and its initiator',
      source: 'recordings/argocd/05-sync-ok-state-after.json',
      async check({ views, revision, branch }) {
        const last = views.at(-1)?.history.at(-1);
        expectMatch('the entry', last?.raw, {
          id: Number(views[0].lastId) + 1,
          revision,
          source: { targetRevision: branch.name, path: 'chart' },
        });
        const [started, deployed] = ['deployStartedAt', 'deployedAt'].map(
          field => Date.parse(String(at(last?.raw, field))),
        );
        expectThat('it began before it ended', started <= deployed, last?.raw);
        expectThat(
          'it names a user',
          typeof at(last?.raw, 'initiatedBy', 'username') === 'string',
          last?.raw,
        );
      },
    },
    {
      id: 'operation-state',
      claim:
        'the operation state keeps our infos, the initiator, and the applied images of each resource',
      source: 'recordings/argocd/05-sync-ok-state-after.json',
      async check({ views, revision, images, installation }) {
        const state = at(views.at(-1)?.raw, 'status', 'operationState');
        expectEqual('infos', at(state, 'operation', 'info'), [CORRELATION]);
        expectEqual('revision', at(state, 'syncResult', 'revision'), revision);
        const deployment = list(at(state, 'syncResult', 'resources')).find(
          resource => at(resource, 'kind') === 'Deployment',
        );
        expectMatch('the Deployment', deployment, {
          group: 'apps',
          name: installation.named('sync'),
          status: 'Synced',
          images: [`${images.image}:1.0.1`],
        });
        expectThat(
          'it has begun and ended',
          Date.parse(String(at(state, 'startedAt'))) <=
            Date.parse(String(at(state, 'finishedAt'))),
          state,
        );
      },
    },
    {
      id: 'health-time',
      claim: 'the time of the health changes only with its value',
      source: 'argocd.md, "Fields that matter"',
      async check({ views }) {
        let changes = 0;
        views.slice(1).forEach((view, index) => {
          const times = [views[index], view].map(({ raw }) =>
            String(at(raw, 'status', 'health', 'lastTransitionTime')),
          );
          if (views[index].health === view.health) {
            expectEqual(`time at ${summaryOf(view)}`, times[1], times[0]);
          } else {
            changes += 1;
            expectThat('it does not go back', times[0] <= times[1], times);
          }
        });
        expectThat('the health has changed', changes >= 2, story(views));
      },
    },
    {
      id: 'pods-in-the-tree',
      claim:
        'the resource tree leads from the Deployment through its ReplicaSet to pods with their images',
      source: 'recordings/argocd/03-resource-tree-team-a.json',
      async check({ app, installation, images }) {
        const { body } = await installation.argocd.get(
          `${app.path}/resource-tree`,
        );
        const nodes = list(at(body, 'nodes'));
        const kinds = new Set(nodes.map(node => at(node, 'kind')));
        expectThat(
          'it has all three kinds',
          ['Deployment', 'ReplicaSet', 'Pod'].every(kind => kinds.has(kind)),
          [...kinds],
        );
        const pod = nodes.find(node => at(node, 'kind') === 'Pod');
        expectMatch('a pod', pod, {
          images: [`${images.image}:1.0.1`],
          health: { status: 'Healthy' },
        });
        expectEqual(
          'its parent',
          at(pod, 'parentRefs', 0, 'kind'),
          'ReplicaSet',
        );
      },
    },
  ],
});

function isDone(view: ApplicationView | undefined, image: string): boolean {
  return (
    view !== undefined &&
    !view.operating &&
    view.phase === 'Succeeded' &&
    view.sync === 'Synced' &&
    view.health === 'Healthy' &&
    view.images.join() === image
  );
}

import type { ConfigBranch } from '../git/ConfigBranch';
import { at, list } from '../http/json';
import type { ImageRepository } from '../registry/ImageRepository';
import { defineTopic } from '../runner/defineTopic';
import { expectEqual, expectMatch, expectThat } from '../runner/expectations';
import { helmChart, valuesYaml } from '../world/fixtures';
import type { TestApplication } from '../world/TestApplication';
import type { World } from '../world/World';

interface Fixture {
  world: World;
  app: TestApplication;
  branch: ConfigBranch;
  images: ImageRepository;
}

const DEADLINE_SECONDS = 12;

/** Rollouts that never finish, and configurations that can't be compared. */
export const health = defineTopic<World, Fixture>({
  name: 'health',
  async prepare(world) {
    const branch = await world.branch('health');
    const images = await world.images('health');
    await images.push('1.0.0');
    await branch.commit(
      helmChart({
        folder: 'chart',
        image: images.image,
        tag: '1.0.0',
        progressDeadlineSeconds: DEADLINE_SECONDS,
      }),
    );
    const app = await world.createApplication({
      name: 'health',
      branch,
      path: 'chart',
      helm: { releaseName: world.named('health') },
      automated: { prune: true },
    });
    await app.settled(`${world.named('health')}:1.0.0`);
    return { world, app, branch, images };
  },
  beliefs: [
    {
      id: 'degraded',
      says: 'a rollout whose pods never get ready is Synced and Succeeded, Progressing, and after its deadline Degraded; the old image stays live',
      source: 'recordings/promotions/fails-degraded.json',
      async check({ app, world, branch, images }) {
        await branch.commit({
          'chart/values.yaml': valuesYaml(
            images.image,
            world.config.failingTag,
          ),
        });
        await app.refresh();
        const view = await app.until(
          'is Degraded',
          ({ health: status }) => status === 'Degraded',
        );
        expectMatch('the application', view, {
          phase: 'Succeeded',
          sync: 'Synced',
        });
        const name = world.named('health');
        expectEqual(
          'images',
          view.images,
          [`${name}:1.0.0`, `${name}:${world.config.failingTag}`].sort(),
        );
      },
    },
    {
      id: 'degraded-resource',
      says: 'the resource that is Degraded says why',
      source: 'recordings/argocd/03-resource-tree-degraded.json',
      async check({ app, world }) {
        const { raw } = await app.read();
        const deployment = list(at(raw, 'status', 'resources')).find(
          resource => at(resource, 'kind') === 'Deployment',
        );
        expectMatch('the Deployment', deployment, {
          status: 'Synced',
          health: {
            status: 'Degraded',
            message: `Deployment "${world.named(
              'health',
            )}" exceeded its progress deadline`,
          },
        });
      },
    },
    {
      id: 'recovery',
      says: 'the next good image makes it Healthy again',
      source: 'recordings/notifications/07-recovery.json',
      async check({ app, world, branch, images }) {
        await images.push('1.0.1');
        await branch.commit({
          'chart/values.yaml': valuesYaml(images.image, '1.0.1'),
        });
        await app.refresh();
        await app.settled(`${world.named('health')}:1.0.1`);
      },
    },
    {
      id: 'comparison-error',
      says: 'when comparison fails, the sync status is Unknown, a condition says why, and the health stays as it was',
      source: 'argocd.md, "Reading applications"',
      async check({ app, branch }) {
        await branch.commit({ 'chart/Chart.yaml': null });
        await app.refresh();
        const view = await app.until('has a ComparisonError', ({ raw }) =>
          list(at(raw, 'status', 'conditions')).some(
            condition => at(condition, 'type') === 'ComparisonError',
          ),
        );
        expectMatch('the application', view, {
          sync: 'Unknown',
          health: 'Healthy',
        });
        expectThat(
          'the condition has a message and a time',
          typeof at(view.raw, 'status', 'conditions', 0, 'message') ===
            'string' &&
            typeof at(
              view.raw,
              'status',
              'conditions',
              0,
              'lastTransitionTime',
            ) === 'string',
          at(view.raw, 'status', 'conditions'),
        );
      },
    },
  ],
});

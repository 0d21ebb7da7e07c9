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
}

const DEADLINE_SECONDS = 12;

/** Rollouts that never finish, and configurations that can't be compared. */
export const health = defineTopic<Installation, Fixture>({
  name: 'health',
  async prepare(installation) {
    const branch = await installation.branch('health');
    const images = await installation.images('health');
    await images.push('1.0.0');
    await branch.commit(
      helmChart({
        folder: 'chart',
        image: images.image,
        tag: '1.0.0',
        progressDeadlineSeconds: DEADLINE_SECONDS,
      }),
    );
    const app = await installation.createApplication({
      name: 'health',
      branch,
      path: 'chart',
      helm: { releaseName: installation.named('health') },
      automated: { prune: true },
    });
    await app.settled(`${installation.named('health')}:1.0.0`);
    return { installation, app, branch, images };
  },
  expectations: [
    {
      id: 'degraded',
      claim:
        'a rollout whose pods never become ready is Synced and Succeeded, Progressing, and after its deadline Degraded; the old image stays live',
      source: 'recordings/promotions/fails-degraded.json',
      async check({ app, installation, branch, images }) {
        await branch.commit({
          'chart/values.yaml': valuesYaml(
            images.image,
            installation.config.failingTag,
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
        const name = installation.named('health');
        expectEqual(
          'images',
          view.images,
          [`${name}:1.0.0`, `${name}:${installation.config.failingTag}`].sort(),
        );
      },
    },
    {
      id: 'degraded-resource',
      claim: 'the Degraded resource has the reason',
      source: 'recordings/argocd/03-resource-tree-degraded.json',
      async check({ app, installation }) {
        const { raw } = await app.read();
        const deployment = list(at(raw, 'status', 'resources')).find(
          resource => at(resource, 'kind') === 'Deployment',
        );
        expectMatch('the Deployment', deployment, {
          status: 'Synced',
          health: {
            status: 'Degraded',
            message: `Deployment "${installation.named(
              'health',
            )}" exceeded its progress deadline`,
          },
        });
      },
    },
    {
      id: 'recovery',
      claim: 'the next good image makes it Healthy again',
      source: 'recordings/notifications/07-recovery.json',
      async check({ app, installation, branch, images }) {
        await images.push('1.0.1');
        await branch.commit({
          'chart/values.yaml': valuesYaml(images.image, '1.0.1'),
        });
        await app.refresh();
        await app.settled(`${installation.named('health')}:1.0.1`);
      },
    },
    {
      id: 'comparison-error',
      claim:
        'if comparison fails, the sync status is Unknown, a condition has the reason, and the health does not change',
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

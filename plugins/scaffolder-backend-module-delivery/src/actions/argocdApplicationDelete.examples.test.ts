import { FakeApplications } from '../__testUtils__/fakeApplications';
import { instancesOf } from '../__testUtils__/fakeArgoCd';
import { ownershipOfEntities } from '../__testUtils__/ownership';
import { runExample } from '../__testUtils__/runExample';
import { createArgoCdApplicationDeleteAction } from './argocdApplicationDelete';
import { examples } from './argocdApplicationDelete.examples';

describe('examples of delivery:argocd:application:delete', () => {
  const [cascading, releasing] = examples;

  async function run(example: (typeof examples)[number]) {
    const client = new FakeApplications({
      applications: [
        {
          metadata: {
            name: 'api-dev',
            annotations: { 'landfall.io/entity-ref': 'component:default/api' },
          },
          spec: { project: 'shop' },
        },
      ],
    });
    const [output] = await runExample(
      createArgoCdApplicationDeleteAction({
        instances: instancesOf(client),
        ownership: ownershipOfEntities(),
      }),
      example,
    );
    return { output, deletions: client.deletions };
  }

  it.each([
    [cascading, { cascade: true, propagationPolicy: 'foreground' }],
    [releasing, { cascade: false, propagationPolicy: undefined }],
  ])('$description', async (example, how) => {
    const { output, deletions } = await run(example);
    expect(output).toEqual({ deleted: true });
    expect(deletions).toEqual([{ name: 'api-dev', ...how }]);
  });

  it('has a test for each', () => {
    expect(examples).toEqual([cascading, releasing]);
  });
});

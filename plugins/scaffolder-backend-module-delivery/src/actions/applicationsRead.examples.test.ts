import { FakeDelivery } from '../__testUtils__/fakeDelivery';
import { runExample } from '../__testUtils__/runExample';
import { createApplicationsReadAction } from './applicationsRead';
import { examples } from './applicationsRead.examples';

describe('examples of delivery:applications:read', () => {
  const [read] = examples;

  it(`${read.description}`, async () => {
    const service = new FakeDelivery([{ environment: 'dev', name: 'api-dev' }]);
    const [output] = await runExample(
      createApplicationsReadAction({ service }),
      read,
    );
    expect(output).toMatchObject({
      applications: [{ name: 'api-dev', environment: 'dev' }],
    });
  });

  it('has a test for each', () => {
    expect(examples).toEqual([read]);
  });
});

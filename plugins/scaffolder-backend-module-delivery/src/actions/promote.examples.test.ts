import { FakeDelivery, REPOSITORY } from '../__testUtils__/fakeDelivery';
import { runExample } from '../__testUtils__/runExample';
import { createPromoteAction } from './promote';
import { examples } from './promote.examples';

describe('examples of delivery:promote', () => {
  const [request, commit] = examples;

  async function run(example: (typeof examples)[number]) {
    const delivery = new FakeDelivery(
      ['staging', 'prod'].map(environment => ({
        environment,
        name: `api-${environment}`,
        images: [{ repository: REPOSITORY, running: [{ tag: '1.4.2' }] }],
        actionKey: 'k',
      })),
    );
    const [output] = await runExample(
      createPromoteAction({ service: delivery, actions: delivery }),
      example,
    );
    return { output, requests: delivery.requests };
  }

  it(`${request.description}`, async () => {
    const { output, requests } = await run(request);
    expect(requests).toMatchObject([
      {
        via: 'request',
        reason: 'Tested in staging',
        items: [{ tag: '1.4.2' }],
      },
    ]);
    expect(output).toMatchObject({
      changes: [{ environment: 'prod', version: '1.4.2' }],
    });
  });

  it(`${commit.description}`, async () => {
    const { requests } = await run(commit);
    expect(requests).toMatchObject([
      {
        via: 'commit',
        hold: true,
        items: [{ tag: '1.4.3' }, { tag: '1.4.3' }],
      },
    ]);
  });

  it('has a test for each', () => {
    expect(examples).toEqual([request, commit]);
  });
});

import { FakeDelivery } from '../__testUtils__/fakeDelivery';
import { runExample } from '../__testUtils__/runExample';
import { createVersionReadAction } from './versionRead';
import { examples } from './versionRead.examples';

const repository = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';
const images = (tag: string) => [{ repository, running: [{ tag }] }];

describe('examples of delivery:version:read', () => {
  const service = new FakeDelivery([
    { environment: 'staging', name: 'api-staging', images: images('1.1.0') },
    { environment: 'prod', name: 'api-prod', images: images('1.0.0') },
  ]);
  const [everywhere, staging] = examples;

  it(`${everywhere.description}`, async () => {
    const [output] = await runExample(
      createVersionReadAction({ service }),
      everywhere,
    );
    expect(output).toEqual({
      versions: [
        expect.objectContaining({ environment: 'staging', version: '1.1.0' }),
        expect.objectContaining({ environment: 'prod', version: '1.0.0' }),
      ],
    });
  });

  it(`${staging.description}`, async () => {
    const [output] = await runExample(
      createVersionReadAction({ service }),
      staging,
    );
    expect(output).toMatchObject({
      version: '1.1.0',
      image: `${repository}:1.1.0`,
    });
  });

  it('has a test for each', () => {
    expect(examples).toEqual([everywhere, staging]);
  });
});

import { DeleteRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import { mockClient } from 'aws-sdk-client-mock';
import { ecrClients, resetToMarked } from '../__testUtils__/emptyEcr';
import { ownershipOfEntities } from '../__testUtils__/ownership';
import { runExample } from '../__testUtils__/runExample';
import { createEcrRepositoryDeleteAction } from './ecrRepositoryDelete';
import { examples } from './ecrRepositoryDelete.examples';

describe('examples of delivery:ecr:repository:delete', () => {
  const ecr = mockClient(ECRClient);
  const action = createEcrRepositoryDeleteAction({
    clients: ecrClients(),
    ownership: ownershipOfEntities(),
  });

  beforeEach(() => resetToMarked(ecr, 'component:default/api'));

  const [empty, withImages] = examples;

  it.each([
    [empty, false],
    [withImages, true],
  ])('$description', async (example, force) => {
    await expect(runExample(action, example)).resolves.toEqual([
      { deleted: true },
    ]);
    expect(
      ecr.commandCalls(DeleteRepositoryCommand).map(call => call.args[0].input),
    ).toEqual([{ repositoryName: 'shop/api', force }]);
  });

  it('has a test for each', () => {
    expect(examples).toEqual([empty, withImages]);
  });
});

import {
  DeleteRepositoryCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  ListTagsForResourceCommand,
  RepositoryNotEmptyException,
  RepositoryNotFoundException,
  ServerException,
} from '@aws-sdk/client-ecr';
import { mockClient } from 'aws-sdk-client-mock';
import { RepositoryDeleter } from './RepositoryDeleter';

const metadata = { $metadata: {}, message: 'said by ECR' };
const arn = 'arn:aws:ecr:eu-west-1:123456789012:repository/shop/api';

describe('RepositoryDeleter', () => {
  const ecr = mockClient(ECRClient);
  const deleter = new RepositoryDeleter(new ECRClient({ region: 'eu-west-1' }));
  const request = {
    name: 'shop/api',
    entityRef: 'component:default/api',
    deleteImages: false,
  };

  function stand(owner?: string) {
    ecr
      .on(DescribeRepositoriesCommand)
      .resolves({ repositories: [{ repositoryArn: arn }] })
      .on(ListTagsForResourceCommand, { resourceArn: arn })
      .resolves({
        tags: [
          { Key: 'team', Value: 'shop' },
          ...(owner ? [{ Key: 'landfall.io/entity-ref', Value: owner }] : []),
        ],
      })
      .on(DeleteRepositoryCommand)
      .resolves({});
  }

  beforeEach(() => ecr.reset());

  const deletions = () =>
    ecr
      .commandCalls(DeleteRepositoryCommand)
      .map(({ args: [{ input }] }) => input);

  it.each([false, true])(
    'deletes a repository of the entity, with images: %s',
    async deleteImages => {
      stand('component:default/api');
      await expect(deleter.delete({ ...request, deleteImages })).resolves.toBe(
        true,
      );
      expect(deletions()).toEqual([
        { repositoryName: 'shop/api', force: deleteImages },
      ]);
    },
  );

  it.each([
    ['component:default/pay', 'belongs to component:default/pay by its tag'],
    [undefined, 'has no tag landfall.io/entity-ref'],
    ['nonsense', 'It was not deleted'],
  ])('leaves the repository of %s', async (owner, message) => {
    stand(owner);
    await expect(
      deleter.delete({ ...request, deleteImages: true }),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining(message),
    });
    expect(deletions()).toEqual([]);
  });

  it('has nothing to do if the repository is gone', async () => {
    ecr
      .on(DescribeRepositoriesCommand)
      .rejects(new RepositoryNotFoundException(metadata));
    await expect(deleter.delete(request)).resolves.toBe(false);
    expect(deletions()).toEqual([]);
  });

  it('has nothing to do if another run deletes it meanwhile', async () => {
    stand('component:default/api');
    ecr
      .on(DeleteRepositoryCommand)
      .rejects(new RepositoryNotFoundException(metadata));
    await expect(deleter.delete(request)).resolves.toBe(false);
  });

  it('says what to do about images', async () => {
    stand('component:default/api');
    ecr
      .on(DeleteRepositoryCommand)
      .rejects(new RepositoryNotEmptyException(metadata));
    await expect(deleter.delete(request)).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('Set deleteImages to delete them too'),
    });
  });

  it('passes on other errors of ECR', async () => {
    stand('component:default/api');
    ecr.on(DeleteRepositoryCommand).rejects(new ServerException(metadata));
    await expect(deleter.delete(request)).rejects.toThrow('said by ECR');
  });
});

import { ListTagsForResourceCommand } from '@aws-sdk/client-ecr';
import { withDeadline } from '../../abort';
import { type EcrAnswer, EcrServer } from '../../__testUtils__/EcrServer';
import { EcrClients } from './EcrClients';
import { EcrHosts } from './EcrHosts';
import { EcrRegistrySource } from './EcrRegistrySource';

const HOST = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const NEVER = new Promise<never>(() => {});

describe('an unresponsive ECR', () => {
  let server: EcrServer;
  let source: EcrRegistrySource;
  /** Answers for single repositories, instead of an empty list. */
  const answers = new Map<string, EcrAnswer | Promise<EcrAnswer>>();

  beforeEach(async () => {
    answers.clear();
    server = await EcrServer.start({ connectMs: 1000, requestMs: 60 });
    server.answers(
      ({ input }) =>
        answers.get(String(input.repositoryName)) ?? {
          status: 200,
          body: { imageDetails: [] },
        },
    );
    source = EcrRegistrySource.create({
      clients: server.clients,
      hosts: EcrHosts.create([]),
    });
  });

  afterEach(() => server.stop());

  const list = (name: string, signal?: AbortSignal) =>
    source.listImages(`${HOST}/${name}`, { signal });

  it.each<[string, EcrAnswer | Promise<EcrAnswer>, string]>([
    ['at all', NEVER, 'sent no response within 0.06 s. Check the network'],
    [
      'to the end',
      { status: 200, body: { imageDetails: [] }, stopsHalfWay: true },
      'stalled for 0.06 s. Check the network',
    ],
  ])(
    '%s for one repository fails only that repository’s read',
    async (_, answer, message) => {
      answers.set('silent', answer);
      const silent = list('silent').catch(error => error);
      for (let index = 0; index < 5; index++) {
        expect(await list(`shop/${index}`)).toEqual([]);
      }
      expect(await silent).toMatchObject({
        name: 'TimeoutError',
        message: expect.stringContaining(message),
      });
    },
  );

  it('is given up when the signal aborts, which frees its slot', async () => {
    answers.set('silent', NEVER);
    const timeoutError = () => new Error('the time is over');
    await Promise.all(
      Array.from({ length: 10 }, () =>
        expect(
          withDeadline({ timeoutMs: 20, timeoutError }, ({ signal }) =>
            list('silent', signal),
          ),
        ).rejects.toThrow('the time is over'),
      ),
    );
    expect(await list('shop/api')).toEqual([]);
  });
});

describe('missing AWS credentials', () => {
  const timeouts = { requestMs: 20 };
  const message =
    'AWS returned no credentials for the account 123456789012 within 0.02 s';
  const options = { accountId: '123456789012', region: 'eu-west-1' };

  it('time out, and are requested again', async () => {
    const getCredentialProvider = jest.fn(() => NEVER);
    const clients = EcrClients.create({
      credentials: { getCredentialProvider },
      timeouts,
    });
    await expect(clients.getClient(options)).rejects.toThrow(message);
    await expect(clients.getClient(options)).rejects.toThrow(message);
    expect(getCredentialProvider).toHaveBeenCalledTimes(2);
  });

  it('make a call time out', async () => {
    const clients = EcrClients.create({
      credentials: {
        getCredentialProvider: async () => ({
          sdkCredentialProvider: () => NEVER,
        }),
      },
      timeouts,
    });
    const client = await clients.getClient(options);
    await expect(
      client.send(new ListTagsForResourceCommand({ resourceArn: 'arn' })),
    ).rejects.toThrow(message);
    await clients.close();
  });
});

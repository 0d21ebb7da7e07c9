import { mockServices } from '@backstage/backend-test-utils';
import { type EcrAnswer, EcrServer } from '../../__testUtils__/EcrServer';
import { EcrHosts } from './EcrHosts';
import { EcrTaggedRepositories } from './EcrTaggedRepositories';
import type { EcrSearchPlace } from './readEcrSearch';

const ACCOUNT = '123456789012';
const OTHER = '210987654321';
const REGION = 'eu-west-1';
const HOST = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`;

/** Tags of repositories, by account and name. */
const TAGS: Record<string, Record<string, Record<string, string>>> = {
  [ACCOUNT]: {
    'shop/api': { team: 'shop', part: 'api' },
    'shop/worker': { team: 'shop', part: 'worker' },
    'shop/untagged': {},
    'bank/api': { team: 'bank', part: 'api', note: '' },
  },
  [OTHER]: { 'shop/api': { team: 'shop' } },
};

const denied = {
  status: 400,
  body: {
    __type: 'AccessDeniedException',
    message: 'not authorized to perform: ecr:ListTagsForResource',
  },
};

describe('EcrTaggedRepositories', () => {
  const logger = mockServices.logger.mock();
  let server: EcrServer;

  beforeAll(async () => {
    server = await EcrServer.start();
  });

  afterAll(() => server.stop());

  /** Each page has one repository. */
  function answer(
    failing: (account: string) => boolean = () => false,
    tagsOf: (name: string) => EcrAnswer | undefined = () => undefined,
  ) {
    logger.warn.mockClear();
    server.answers(({ operation, input }) => {
      if (operation === 'ListTagsForResource') {
        const [, , , , account, resource] = String(input.resourceArn).split(
          ':',
        );
        const name = resource.slice('repository/'.length);
        const other = tagsOf(name);
        if (other) {
          return other;
        }
        return {
          status: 200,
          body: {
            tags: Object.entries(TAGS[account][name]).map(([Key, Value]) => ({
              Key,
              Value,
            })),
          },
        };
      }
      const account = String(input.registryId ?? ACCOUNT);
      if (failing(account)) {
        return {
          status: 400,
          body: {
            __type: 'AccessDeniedException',
            message: 'not authorized to perform: ecr:DescribeRepositories',
          },
        };
      }
      const names = Object.keys(TAGS[account]);
      const at = Number(input.nextToken ?? 0);
      return {
        status: 200,
        body: {
          repositories: names.slice(at, at + 1).map(repositoryName => ({
            registryId: account,
            repositoryName,
            repositoryArn: `arn:aws:ecr:${REGION}:${account}:repository/${repositoryName}`,
          })),
          ...(at + 1 < names.length && { nextToken: String(at + 1) }),
        },
      };
    });
  }

  function create(
    searched: EcrSearchPlace[] = [{ region: REGION }],
    hosts = EcrHosts.create([]),
  ) {
    return EcrTaggedRepositories.create({
      clients: server.clients,
      hosts,
      searched,
      logger,
    });
  }

  it.each<[Record<string, string>, string[]]>([
    [{ team: 'shop' }, ['shop/api', 'shop/worker']],
    [{ team: 'shop', part: 'api' }, ['shop/api']],
    [{ part: 'api' }, ['bank/api', 'shop/api']],
    [{ note: '' }, ['bank/api']],
    [{ team: 'Shop' }, []],
    [{ team: '' }, []],
    [{ toString: 'x' }, []],
  ])(
    'finds repositories with all of the tags %j, on every page',
    async (tags, names) => {
      answer();
      expect(await create().find(tags)).toEqual({
        repositories: names.map(name => `${HOST}/${name}`),
        errors: [],
      });
    },
  );

  it('returns repositories with the configured host', async () => {
    answer();
    const hosts = EcrHosts.create([
      { host: '127.0.0.1:3301', accountId: ACCOUNT, region: REGION },
    ]);
    const { repositories } = await create(undefined, hosts).find({
      part: 'worker',
    });
    expect(repositories).toEqual(['127.0.0.1:3301/shop/worker']);
  });

  it('shares the requests of concurrent searches', async () => {
    answer();
    const tagged = create();
    await Promise.all([
      tagged.find({ team: 'shop' }),
      tagged.find({ team: 'bank' }),
    ]);
    await tagged.find({ part: 'api' });
    const asked = server.calls.map(({ operation }) => operation);
    expect(
      asked.filter(operation => operation === 'DescribeRepositories'),
    ).toHaveLength(4);
    expect(
      asked.filter(operation => operation === 'ListTagsForResource'),
    ).toHaveLength(4);
  });

  it('searches the permitted accounts, reports the others, and retries those', async () => {
    let isRefused = true;
    answer(account => account === OTHER && isRefused);
    const tagged = create([
      { accountId: ACCOUNT, region: REGION },
      { accountId: OTHER, region: REGION },
    ]);
    expect(await tagged.find({ team: 'shop' })).toEqual({
      repositories: [`${HOST}/shop/api`, `${HOST}/shop/worker`],
      errors: [
        `ECR of the account ${OTHER} in ${REGION}: not authorized to perform: ecr:DescribeRepositories`,
      ],
    });

    isRefused = false;
    expect(await tagged.find({ team: 'shop' })).toEqual({
      repositories: [
        `${HOST}/shop/api`,
        `${HOST}/shop/worker`,
        `${OTHER}.dkr.ecr.${REGION}.amazonaws.com/shop/api`,
      ],
      errors: [],
    });
  });

  it('leaves out a repository whose tags are forbidden, and warns once', async () => {
    answer(undefined, name => (name === 'bank/api' ? denied : undefined));
    const tagged = create();
    for (const _ of [1, 2]) {
      expect(await tagged.find({ part: 'api' })).toEqual({
        repositories: [`${HOST}/shop/api`],
        errors: [],
      });
    }
    expect(logger.warn.mock.calls).toEqual([
      [
        expect.stringContaining(
          `the tags of 1 of 4 repositories can't be read, so these repositories aren't found by tags, such as arn:aws:ecr:${REGION}:${ACCOUNT}:repository/bank/api`,
        ),
      ],
    ]);
  });

  it('reports an error if the tags of all repositories are forbidden', async () => {
    answer(undefined, () => denied);
    expect(await create().find({ part: 'api' })).toEqual({
      repositories: [],
      errors: [
        `ECR of the main account in ${REGION}: The tags of no repository can be read. Allow ecr:ListTagsForResource.`,
      ],
    });
  });

  it('reports an error if tags are temporarily unavailable, and finds the others', async () => {
    answer(undefined, name =>
      name === 'bank/api'
        ? { status: 400, body: { __type: 'ServerException', message: 'odd' } }
        : undefined,
    );
    expect(await create().find({ part: 'api' })).toEqual({
      repositories: [`${HOST}/shop/api`],
      errors: [
        `ECR of the main account in ${REGION}: The tags of 1 of 4 repositories couldn't be read: odd`,
      ],
    });
  });

  it('ends one search when its signal aborts, and continues the others', async () => {
    let release = () => {};
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    answer();
    const tagged = create();
    const controller = new AbortController();
    const [stopped, other] = [
      tagged.find({ part: 'api' }, { signal: controller.signal }),
      held.then(() => tagged.find({ part: 'api' })),
    ];
    controller.abort(new Error('stopped'));
    release();
    await expect(stopped).rejects.toThrow('stopped');
    expect((await other).repositories).toHaveLength(2);
  });
});

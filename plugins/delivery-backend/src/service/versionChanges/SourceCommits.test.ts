import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import type { KnownImage } from '@landfall/backstage-plugin-delivery-common';
import {
  type ImageSource,
  ScmRepositoryHistory,
} from '@landfall/backstage-plugin-delivery-node';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import { saveImages } from '../../store/operations/images';
import { addRepositories } from '../../store/operations/repositories';
import { SourceCommits } from './SourceCommits';

const databases = createTestDatabases();
const [databaseId] = databases.eachSupportedId()[0];
const repository = 'registry.example.com/shop/api';
const AT = '2026-01-01T12:00:00.000Z';
const sha = (digit: string) => digit.repeat(40);
const digestOf = (tag: string) =>
  `sha256:${tag.replaceAll('.', '').padStart(64, '0')}`;

/** Commits as Gitea lists them (https://docs.gitea.com/api/1.24/). */
const commit = (number: number) => ({
  sha: number.toString(16).padStart(40, '0'),
  commit: {
    author: { name: 'Jo Doe', email: 'jo@example.com', date: AT },
    message: `Change ${number}\n\nAt length`,
  },
});

describe('SourceCommits', () => {
  let server: Server;
  let url: string;
  let queries: URLSearchParams[];
  let status: number;
  let isSilent: boolean;
  let later: object[];
  let earlier: object[];
  const logger = mockServices.logger.mock();

  beforeEach(async () => {
    queries = [];
    status = 200;
    isSilent = false;
    later = [commit(2), commit(1)];
    earlier = [];
    logger.warn.mockClear();
    server = createServer((request, response) => {
      const { searchParams } = new URL(request.url ?? '', url);
      queries.push(searchParams);
      if (isSilent) {
        return;
      }
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(searchParams.get('sha') === sha('b') ? later : earlier),
      );
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(done => server.close(done));
  });

  async function setUp(
    options: {
      sources?: Record<string, ImageSource>;
      source?: string;
      timeoutMs?: number;
      registry?: () => Promise<never>;
    } = {},
  ) {
    const database = await createDatabase(databases, databaseId);
    await addRepositories(database.knex, [repository]);
    await saveImages(
      database.knex,
      ['1.4.2', '1.4.3'].map(
        (tag): KnownImage => ({
          repository,
          digest: digestOf(tag),
          tags: [tag],
          seenAt: AT,
        }),
      ),
      AT,
    );
    const {
      sources = {
        '1.4.2': { revision: sha('a') },
        '1.4.3': { revision: sha('b'), url: `${url}/shop/api` },
      },
    } = options;
    const config = mockServices.rootConfig({
      data: {
        integrations: { gitea: [{ host: new URL(url).host, baseUrl: url }] },
      },
    });
    const asked: string[] = [];
    const commits = SourceCommits.create({
      database,
      registry: {
        async imageSource({ digest }) {
          asked.push(digest);
          await options.registry?.();
          return Object.entries(sources).find(
            ([tag]) => digestOf(tag) === digest,
          )?.[1];
        },
      },
      histories: [ScmRepositoryHistory.fromConfig(config)],
      integrations: ScmIntegrations.fromConfig(config),
      logger,
      timeoutMs: options.timeoutMs,
    });
    const { source = `${url}/shop/api/src/branch/main/` } = options;
    const entity: Entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'api',
        annotations: {
          'backstage.io/managed-by-location': `url:${url}/shop/api/src/branch/main/catalog-info.yaml`,
          'backstage.io/source-location': `url:${source}`,
        },
      },
    };
    const find = (from = '1.4.2', to = '1.4.3') =>
      commits.between({ entity, repository, from, to });
    return { find, asked };
  }

  it('are those between the commits that the images were built from', async () => {
    const { find, asked } = await setUp();
    expect(await find()).toEqual({
      from: '1.4.2',
      to: '1.4.3',
      url: `${url}/shop/api/compare/${sha('a')}...${sha('b')}`,
      found: {
        kind: 'listed',
        commits: [2, 1].map(number => ({
          revision: commit(number).sha,
          url: `${url}/shop/api/commit/${commit(number).sha}`,
          title: `Change ${number}`,
          author: 'Jo Doe',
        })),
        total: 2,
      },
    });
    await find();
    // What is known isn't asked for again.
    expect(asked).toEqual([digestOf('1.4.2'), digestOf('1.4.3')]);
    expect(queries).toHaveLength(2);
  });

  it('are the latest of many, with shortened titles', async () => {
    later = Array.from({ length: 45 }, (_, index) => commit(100 - index));
    later[0] = {
      ...commit(100),
      commit: { ...commit(100).commit, message: 'x'.repeat(500) },
    };
    const { find } = await setUp();
    const { found } = await find();
    expect(found).toMatchObject({ kind: 'listed', total: 45 });
    const commits = found.kind === 'listed' ? found.commits : [];
    expect(commits).toHaveLength(20);
    expect(commits[0].title).toHaveLength(120);
    expect(commits[19].title).toBe('Change 81');
  });

  it.each<[string, Parameters<typeof setUp>[0], object]>([
    [
      'an image without labels',
      { sources: { '1.4.3': { revision: sha('b') } } },
      { reason: 'no-revision', tag: '1.4.2' },
    ],
    [
      'an image of another repository',
      {
        sources: {
          '1.4.2': { revision: sha('a') },
          '1.4.3': {
            revision: sha('b'),
            url: 'https://git.example.com/shop/web',
          },
        },
      },
      { reason: 'other-repository', tag: '1.4.3' },
    ],
    [
      'a source that the entity only claims',
      { source: 'https://git.example.com/shop/secrets/src/branch/main/' },
      { reason: 'no-repository' },
    ],
  ])(
    'are unknown with %s, and no Git host is asked',
    async (_, options, found) => {
      const { find } = await setUp(options);
      expect(await find()).toEqual({
        from: '1.4.2',
        to: '1.4.3',
        found: { kind: 'unknown', ...found },
      });
      expect(queries).toEqual([]);
    },
  );

  it('are unknown for a tag that the registry doesn’t have', async () => {
    const { find } = await setUp();
    expect((await find('1.4.1')).found).toEqual({
      kind: 'unknown',
      reason: 'no-image',
      tag: '1.4.1',
    });
  });

  it('are unknown if the later version lacks a commit of the earlier one', async () => {
    earlier = [commit(7)];
    const { find } = await setUp();
    expect(await find()).toMatchObject({
      url: expect.stringContaining('/compare/'),
      found: { kind: 'unknown', reason: 'not-after' },
    });
  });

  it.each([
    [404, 'not-found'],
    [403, 'not-found'],
    [503, 'unavailable'],
  ])(
    'are unknown if the Git host answers %d, until it answers',
    async (answer, reason) => {
      status = answer;
      const { find } = await setUp();
      expect((await find()).found).toEqual({ kind: 'unknown', reason });
      expect(logger.warn).toHaveBeenCalledTimes(1);
      status = 200;
      expect((await find()).found.kind).toBe('listed');
    },
  );

  it.each<[string, Parameters<typeof setUp>[0], boolean]>([
    [
      'the registry fails',
      {
        registry: async () => {
          throw new Error('not now');
        },
      },
      false,
    ],
    ['nobody answers in time', { timeoutMs: 100 }, true],
  ])('are unknown if %s', async (_, options, silent) => {
    isSilent = silent;
    const { find } = await setUp(options);
    expect((await find()).found).toEqual({
      kind: 'unknown',
      reason: 'unavailable',
    });
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });
});

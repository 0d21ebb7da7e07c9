import { ECRClient } from '@aws-sdk/client-ecr';
import { readRecordingJson, recordedFiles } from '@landfall/testing-kit';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { RepositorySpec } from './differences';
import { RepositoryEnsurer } from './RepositoryEnsurer';

const PREFIX = 'AmazonEC2ContainerRegistry_V20150921.';

const exchangeSchema = z.object({
  request: z.object({ target: z.string().startsWith(PREFIX) }),
  response: z.object({ status: z.number(), body: z.unknown() }),
});
const errorSchema = z.object({ __type: z.string() });
const repositorySchema = z.object({
  repositoryUri: z.string(),
  repositoryArn: z.string(),
  registryId: z.string(),
  encryptionConfiguration: z.object({ encryptionType: z.string() }),
});
const createdSchema = z.object({ repository: repositorySchema });
const describedSchema = z.object({ repositories: z.array(repositorySchema) });

interface Answer {
  status: number;
  body: unknown;
}

const refusal = (type: string): Answer => ({
  status: 400,
  body: { __type: type, message: 'not recorded' },
});

/** A repository on which everything that can be changed differs. */
const EXISTING = {
  repositoryName: 'shop/api',
  repositoryUri: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api',
  repositoryArn: 'arn:aws:ecr:eu-west-1:123456789012:repository/shop/api',
  registryId: '123456789012',
  imageTagMutability: 'MUTABLE',
  imageScanningConfiguration: { scanOnPush: false },
  encryptionConfiguration: { encryptionType: 'AES256' },
};

/** The answers around the one operation that is replayed. */
const AROUND: Record<string, Answer> = {
  CreateRepository: { status: 200, body: { repository: EXISTING } },
  DescribeRepositories: { status: 200, body: { repositories: [EXISTING] } },
  GetLifecyclePolicy: refusal('LifecyclePolicyNotFoundException'),
  GetRepositoryPolicy: refusal('RepositoryPolicyNotFoundException'),
  ListTagsForResource: {
    status: 200,
    body: {
      tags: [{ Key: 'landfall.io/entity-ref', Value: 'component:default/api' }],
    },
  },
  PutImageScanningConfiguration: { status: 200, body: {} },
  PutImageTagMutability: { status: 200, body: {} },
  PutLifecyclePolicy: { status: 200, body: {} },
  SetRepositoryPolicy: { status: 200, body: {} },
  TagResource: { status: 200, body: {} },
};

/** Errors that are valid answers: nothing is there yet, or another was quicker. */
const EXPECTED: Record<string, string> = {
  CreateRepository: 'RepositoryAlreadyExistsException',
  GetLifecyclePolicy: 'LifecyclePolicyNotFoundException',
  GetRepositoryPolicy: 'RepositoryPolicyNotFoundException',
};

const spec: RepositorySpec = {
  name: 'shop/api',
  entityRef: 'component:default/api',
  imageTagMutability: 'IMMUTABLE',
  scanOnPush: true,
  encryption: { type: 'AES256' },
  lifecyclePolicy: { rules: [{ rulePriority: 9 }] },
  repositoryPolicy: { Version: '2012-10-17', Statement: [] },
  tags: { system: 'shop' },
};

const exchanges = recordedFiles('ecr')
  .map(file => {
    const { request, response } = exchangeSchema.parse(
      readRecordingJson(`ecr/${file}`),
    );
    const operation = request.target.slice(PREFIX.length);
    return { file, operation, ...response };
  })
  .filter(({ operation }) => operation in AROUND);

describe('recorded exchanges with ECR', () => {
  let server: Server;
  let client: ECRClient;
  let answer: (operation: string) => Answer;
  const calls: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const operation = String(request.headers['x-amz-target']).slice(
        PREFIX.length,
      );
      calls.push(operation);
      const { status, body } = answer(operation);
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      request.resume().once('end', () => {
        response.writeHead(status, {
          'content-type': 'application/x-amz-json-1.1',
        });
        response.end(text);
      });
    });
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
    const { port } = server.address() as AddressInfo;
    client = new ECRClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
      maxAttempts: 1,
    });
  });

  beforeEach(() => {
    calls.length = 0;
  });

  afterAll(async () => {
    client.destroy();
    await new Promise(done => {
      server.close(done);
    });
  });

  /** Answers one operation as recorded, and causes it to be called. */
  function replay({
    operation: replayed,
    ...recorded
  }: (typeof exchanges)[number]): void {
    answer = operation => {
      if (operation === replayed) {
        return recorded;
      }
      const isMissing =
        operation === 'DescribeRepositories' &&
        replayed === 'CreateRepository' &&
        !calls.includes(replayed);
      return isMissing
        ? refusal('RepositoryNotFoundException')
        : AROUND[operation] ?? refusal('NotCalledByAnyAction');
    };
  }

  const of = (isSuccess: boolean) =>
    exchanges
      .filter(({ status }) => (status === 200) === isSuccess)
      .map(exchange => [exchange.file, exchange] as const);

  it('cover every operation', () => {
    expect(new Set(exchanges.map(({ operation }) => operation))).toEqual(
      new Set(Object.keys(AROUND)),
    );
    expect(exchanges.length).toBeGreaterThan(50);
  });

  it.each(of(true))('%s', async (_, exchange) => {
    replay(exchange);
    const outcome = await new RepositoryEnsurer(client)
      .ensure(spec, { converge: true })
      .catch(error => ({
        error: error.name,
        encryption: /with encryption (\w+)/.exec(error.message)?.[1],
      }));
    expect(calls).toContain(exchange.operation);
    const repository =
      createdSchema.safeParse(exchange.body).data?.repository ??
      describedSchema.safeParse(exchange.body).data?.repositories[0] ??
      EXISTING;
    const { encryptionType } = repository.encryptionConfiguration;
    expect(outcome).toMatchObject(
      encryptionType === 'AES256'
        ? {
            uri: repository.repositoryUri,
            arn: repository.repositoryArn,
            registryId: repository.registryId,
            created: exchange.operation === 'CreateRepository',
          }
        : {
            error: 'ConflictError',
            encryption: encryptionType,
          },
    );
  });

  it.each(of(false))('%s', async (_, exchange) => {
    replay(exchange);
    const { data } = errorSchema.safeParse(exchange.body);
    const outcome = await new RepositoryEnsurer(client)
      .ensure(spec, { converge: true })
      .then(
        () => 'ensured',
        error => error.name,
      );
    const isExpected =
      data !== undefined && data.__type === EXPECTED[exchange.operation];
    const isCreated =
      exchange.operation === 'DescribeRepositories' &&
      data?.__type === 'RepositoryNotFoundException';
    expect(calls).toContain(exchange.operation);
    expect(outcome).toBe(
      isExpected || isCreated ? 'ensured' : data?.__type ?? 'SyntaxError',
    );
  });
});

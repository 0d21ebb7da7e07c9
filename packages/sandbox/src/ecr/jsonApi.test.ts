import fc from 'fast-check';
import {
  ACCESS_KEY_ID,
  type TestRegistry,
  TestRegistries,
} from './__testUtils__/registry';

describe('the JSON API at its edge', () => {
  const registries = new TestRegistries();
  let registry: TestRegistry;

  beforeAll(async () => {
    registry = await registries.start();
  });

  afterAll(() => registries.cleanUp());

  function dateOf(time: number) {
    return new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');
  }

  function credential(keyId = ACCESS_KEY_ID) {
    const date = dateOf(Date.now());
    return {
      'x-amz-date': date,
      authorization: `AWS4-HMAC-SHA256 Credential=${keyId}/${date.slice(
        0,
        8,
      )}/eu-west-1/ecr/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(
        64,
      )}`,
    };
  }

  async function call(
    operation: string,
    body: string,
    headers: Record<string, string> = credential(),
  ) {
    const response = await fetch(registry.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AmazonEC2ContainerRegistry_V20150921.${operation}`,
        ...headers,
      },
      body,
    });
    expect(response.headers.get('content-type')).toBe(
      'application/x-amz-json-1.1',
    );
    const answer: { __type?: string; message?: string } = Object(
      await response.json(),
    );
    return { status: response.status, ...answer };
  }

  test.each([
    ['no header', {}, 'MissingAuthenticationTokenException'],
    [
      'another scheme',
      { authorization: 'Basic QVdTOng=' },
      'MissingAuthenticationTokenException',
    ],
    [
      'an unknown key',
      credential('AKIASOMEONEELSE00000'),
      'UnrecognizedClientException',
    ],
  ])('refuses %s', async (_what, headers, type) => {
    const answer = await call(
      'DescribeRepositories',
      '{}',
      headers as Record<string, string>,
    );
    expect(answer).toMatchObject({ status: 400, __type: type });
  });

  test.each([
    ['no JSON', 'DescribeRepositories', '{"a":', 'SerializationException'],
    ['a list', 'DescribeRepositories', '[]', 'InvalidParameterException'],
    [
      'a number for a text',
      'CreateRepository',
      '{"repositoryName":5}',
      'InvalidParameterException',
    ],
    ['a missing name', 'DescribeImages', '{}', 'InvalidParameterException'],
    [
      'null for a name',
      'DescribeImages',
      '{"repositoryName":null}',
      'InvalidParameterException',
    ],
    [
      'a mode with exclusion filters',
      'CreateRepository',
      '{"repositoryName":"shop/x","imageTagMutability":"IMMUTABLE_WITH_EXCLUSION"}',
      'InvalidParameterException',
    ],
    ['an unknown operation', 'DoAnything', '{}', 'UnknownOperationException'],
    ['an inherited name', 'constructor', '{}', 'UnknownOperationException'],
  ])('refuses %s', async (_what, operation, body, type) => {
    expect(await call(operation, body)).toMatchObject({
      status: 400,
      __type: type,
      message: expect.any(String),
    });
  });

  test('never fails on any input', async () => {
    const operations = [
      'CreateRepository',
      'DescribeRepositories',
      'DescribeImages',
      'BatchGetImage',
      'PutImage',
      'BatchDeleteImage',
      'PutLifecyclePolicy',
      'SetRepositoryPolicy',
      'PutImageTagMutability',
      'TagResource',
    ];
    const fields = fc.dictionary(
      fc.constantFrom(
        'repositoryName',
        'imageIds',
        'imageManifest',
        'imageTag',
        'lifecyclePolicyText',
        'policyText',
        'nextToken',
        'maxResults',
        'resourceArn',
        'tags',
        'filter',
      ),
      fc.oneof(
        fc.jsonValue(),
        fc.constantFrom('shop/api', '{}', '{"rules":[]}', [{}]),
      ),
    );
    await call('CreateRepository', '{"repositoryName":"shop/api"}');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...operations),
        fc.oneof(fields, fc.jsonValue()),
        async (operation, input) => {
          const { status } = await call(operation, JSON.stringify(input));
          expect([200, 400]).toContain(status);
        },
      ),
      { numRuns: 1000 },
    );
    expect(registry.log.filter(line => line.includes('JSON API'))).toEqual([]);
  });
});

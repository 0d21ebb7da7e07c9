import { z } from 'zod';
import { request } from './http';
import { RegistryRequestError } from './RegistryRequestError';

const errorSchema = z.object({
  __type: z.string(),
  message: z.string().optional(),
  Message: z.string().optional(),
});

const tokenSchema = z.object({
  authorizationData: z
    .array(z.object({ authorizationToken: z.string() }))
    .min(1),
});

/**
 * An access key that the sandbox's registry accepts, and the registry's region.
 */
export interface AwsCredentials {
  accessKeyId: string;
  region: string;
}

/**
 * The few calls of ECR's JSON API that a pusher needs. Works only with the
 * sandbox's registry, which doesn't check signatures.
 */
export class EcrJsonClient {
  constructor(
    private readonly options: { url: string; credentials: AwsCredentials },
  ) {}

  /**
   * The OCI API's credentials, as the value of a basic `Authorization` header.
   */
  async authorizationToken(): Promise<string> {
    const answer = tokenSchema.parse(
      await this.call('GetAuthorizationToken', {}),
    );
    return answer.authorizationData[0].authorizationToken;
  }

  /**
   * Whether a repository has an image with the given tag.
   *
   * @throws RegistryRequestError with code `RepositoryNotFoundException` if the
   * repository doesn't exist
   */
  async hasTag(repositoryName: string, imageTag: string): Promise<boolean> {
    try {
      await this.call('DescribeImages', {
        repositoryName,
        imageIds: [{ imageTag }],
      });
      return true;
    } catch (error) {
      if (
        error instanceof RegistryRequestError &&
        error.code === 'ImageNotFoundException'
      ) {
        return false;
      }
      throw error;
    }
  }

  /**
   * Calls an operation.
   *
   * @throws RegistryRequestError with ECR's exception as its code
   */
  async call(operation: string, input: object): Promise<unknown> {
    const url = new URL('/', this.options.url);
    const body = JSON.stringify(input);
    const response = await request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AmazonEC2ContainerRegistry_V20150921.${operation}`,
        ...authorization(this.options.credentials, new Date()),
      },
      body,
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) {
      return answer;
    }
    const parsed = errorSchema.safeParse(answer);
    if (!parsed.success) {
      throw new RegistryRequestError(
        `${operation} at ${url.origin} was answered by ${response.status}`,
        undefined,
        response.status,
      );
    }
    const { __type: type, message, Message } = parsed.data;
    const code = type.slice(type.lastIndexOf('#') + 1);
    throw new RegistryRequestError(
      `${code}: ${message ?? Message ?? ''}`,
      code,
      response.status,
    );
  }
}

/** Headers in the format of Signature Version 4, without a real signature. */
function authorization({ accessKeyId, region }: AwsCredentials, now: Date) {
  const date = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${accessKeyId}/${date.slice(0, 8)}/${region}/ecr/aws4_request`;
  return {
    'x-amz-date': date,
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(
      64,
    )}`,
  };
}

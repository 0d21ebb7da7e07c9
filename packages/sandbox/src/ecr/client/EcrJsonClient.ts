import { z } from 'zod';
import { request } from './http';
import { RegistryRequestError } from './RegistryRequestError';
import { type AwsCredentials, signedHeaders } from './signature';

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

/** The few calls of ECR's JSON API that a pusher needs. */
export class EcrJsonClient {
  constructor(
    private readonly options: { url: string; credentials: AwsCredentials },
  ) {}

  /** The credentials of the OCI API, as the value of a basic `Authorization`. */
  async authorizationToken(): Promise<string> {
    const answer = tokenSchema.parse(
      await this.call('GetAuthorizationToken', {}),
    );
    return answer.authorizationData[0].authorizationToken;
  }

  /**
   * Whether a repository has an image of that tag.
   *
   * @throws RegistryRequestError with code `RepositoryNotFoundException` when there is no such repository
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
      headers: signedHeaders({
        url,
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': `AmazonEC2ContainerRegistry_V20150921.${operation}`,
        },
        body,
        credentials: this.options.credentials,
        now: new Date(),
      }),
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

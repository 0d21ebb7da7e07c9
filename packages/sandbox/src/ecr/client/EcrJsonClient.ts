import { z } from 'zod';
import { request, unless } from '../../http/request';

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
 * ECR's JSON API. Works only with the sandbox's registry, which doesn't check
 * signatures.
 */
export class EcrJsonClient {
  constructor(
    private readonly options: { url: string; credentials: AwsCredentials },
  ) {}

  /** The value of an `Authorization` header of the OCI API. */
  async authorization(): Promise<string> {
    const answer = tokenSchema.parse(
      await this.call('GetAuthorizationToken', {}),
    );
    return `Basic ${answer.authorizationData[0].authorizationToken}`;
  }

  /**
   * Whether a repository has an image with the given tag.
   *
   * @throws RequestError with code `RepositoryNotFoundException` if the
   * repository doesn't exist
   */
  async hasTag(repositoryName: string, imageTag: string): Promise<boolean> {
    const input = { repositoryName, imageIds: [{ imageTag }] };
    const found = await unless(
      'ImageNotFoundException',
      this.call('DescribeImages', input),
    );
    return found !== undefined;
  }

  /**
   * Calls an operation.
   *
   * @throws RequestError with ECR's exception as its code
   */
  async call(operation: string, input: object): Promise<unknown> {
    const { url, credentials } = this.options;
    const { accessKeyId, region } = credentials;
    const scope = `${accessKeyId}/20260101/${region}/ecr/aws4_request`;
    const response = await request(new URL('/', url), {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AmazonEC2ContainerRegistry_V20150921.${operation}`,
        // In the format of Signature Version 4, with no real date or signature.
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${'0'.repeat(
          64,
        )}`,
      },
      body: JSON.stringify(input),
    });
    return response.json();
  }
}

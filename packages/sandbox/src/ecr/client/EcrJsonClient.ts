import { z } from 'zod';
import { RegistryRequestError, request } from './http';

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
    const { url, credentials } = this.options;
    const response = await request(new URL('/', url), {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AmazonEC2ContainerRegistry_V20150921.${operation}`,
        ...authorization(credentials),
      },
      body: JSON.stringify(input),
    });
    return response.json();
  }
}

/** Headers in the format of Signature Version 4, without a real signature. */
function authorization({ accessKeyId, region }: AwsCredentials) {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${accessKeyId}/${date.slice(0, 8)}/${region}/ecr/aws4_request`;
  const signature = '0'.repeat(64);
  return {
    'x-amz-date': date,
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`,
  };
}

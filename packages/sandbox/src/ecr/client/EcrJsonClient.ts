import { z } from 'zod';
import { request, RequestError } from '../../http/request';
import { basicAuthorization } from '@landfall/testing-kit';
import type { RegistryAccess } from '../../config';
import { MEDIA_TYPES } from '../model/manifest';

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
    try {
      const imageIds = [{ imageTag }];
      await this.call('DescribeImages', { repositoryName, imageIds });
      return true;
    } catch (error) {
      if (
        error instanceof RequestError &&
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
   * @throws RequestError with ECR's exception as its code
   */
  async call(operation: string, input: object): Promise<unknown> {
    const { url, credentials } = this.options;
    const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const scope = [
      credentials.accessKeyId,
      date.slice(0, 8),
      credentials.region,
      'ecr/aws4_request',
    ].join('/');
    const response = await request(new URL('/', url), {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AmazonEC2ContainerRegistry_V20150921.${operation}`,
        'x-amz-date': date,
        // In the format of Signature Version 4, without a real signature.
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(
          64,
        )}`,
      },
      body: JSON.stringify(input),
    });
    return response.json();
  }
}

/** The manifests that clients accept: images and indexes of OCI and Docker. */
export const ACCEPTED_MANIFESTS = Object.values(MEDIA_TYPES).flat().join(', ');

/** The headers that sign in to a registry; none for anonymous access. */
export async function signInTo({
  url,
  username,
  password = '',
  ecr,
}: RegistryAccess): Promise<Record<string, string>> {
  if (ecr) {
    const client = new EcrJsonClient({ url, credentials: ecr });
    return { authorization: await client.authorization() };
  }
  return username === undefined
    ? {}
    : { authorization: basicAuthorization({ username, password }) };
}

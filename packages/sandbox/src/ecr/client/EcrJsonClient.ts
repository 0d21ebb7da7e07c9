import { z } from 'zod';
import type { AwsCredentials } from '../../config';
import { request } from '../../http/request';

const tokenSchema = z.object({
  authorizationData: z
    .array(z.object({ authorizationToken: z.string() }))
    .min(1),
});

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

import type { IncomingMessage } from 'node:http';
import { EcrError } from '../model/errors';

const SCHEME =
  /^AWS4-HMAC-SHA256 +Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request, *SignedHeaders=[^,\s]+, *Signature=[0-9a-f]{64}$/;

/**
 * Checks the authorization of a JSON API call: a Signature Version 4 header
 * with a known access key, for this region and for ECR. The signature itself is
 * not checked, because the sandbox has no secret keys.
 *
 * @throws EcrError with AWS's error for each of these
 */
export function authorize(
  { headers }: IncomingMessage,
  accepted: { accessKeyIds: string[]; region: string },
): void {
  const [, accessKeyId, region, service] =
    SCHEME.exec(headers.authorization ?? '') ?? [];
  if (!accessKeyId) {
    throw new EcrError(
      'MissingAuthenticationTokenException',
      'Missing Authentication Token',
    );
  }
  if (!accepted.accessKeyIds.includes(accessKeyId)) {
    throw new EcrError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    );
  }
  if (region !== accepted.region || service !== 'ecr') {
    throw new EcrError(
      'InvalidSignatureException',
      `Credential should be scoped to ${accepted.region}/ecr, not '${region}/${service}'.`,
    );
  }
}

import type { IncomingMessage } from 'node:http';
import { EcrError } from '../model/errors';

const SCHEME =
  /^AWS4-HMAC-SHA256 +Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request, *SignedHeaders=[^,\s]+, *Signature=[0-9a-f]{64}$/;

/** The maximum difference between a request's date and the clock. */
const CLOCK_SKEW_MS = 15 * 60 * 1000;

/**
 * Checks the authorization of a JSON API call: a Signature Version 4 header
 * with a known access key, for this region and for ECR, with a current date.
 * The signature itself is not checked, because the sandbox has no secret keys.
 *
 * @throws EcrError with AWS's error for each of these
 */
export function authorize(
  req: IncomingMessage,
  options: { accessKeyIds: string[]; region: string; now: number },
): void {
  const { authorization } = req.headers;
  if (!authorization) {
    throw new EcrError(
      'MissingAuthenticationTokenException',
      'Missing Authentication Token',
    );
  }
  const [, accessKeyId, day, region, service] =
    SCHEME.exec(authorization) ?? [];
  const date = String(req.headers['x-amz-date'] ?? '');
  const time = timeOf(date);
  if (!accessKeyId || Number.isNaN(time) || !date.startsWith(day)) {
    throw new EcrError(
      'IncompleteSignatureException',
      "Authorization header requires 'AWS4-HMAC-SHA256' with 'Credential', 'SignedHeaders' and 'Signature' parameters, and 'X-Amz-Date' must agree with it.",
    );
  }
  if (!options.accessKeyIds.includes(accessKeyId)) {
    throw new EcrError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    );
  }
  if (region !== options.region || service !== 'ecr') {
    throw new EcrError(
      'InvalidSignatureException',
      `Credential should be scoped to ${options.region}/ecr, not '${region}/${service}'.`,
    );
  }
  if (Math.abs(options.now - time) > CLOCK_SKEW_MS) {
    throw new EcrError(
      'InvalidSignatureException',
      `Signature expired or not yet current: ${date} is more than 15 minutes from now`,
    );
  }
}

/** Milliseconds of a date such as `20260601T101530Z`, otherwise NaN. */
function timeOf(date: string): number {
  return Date.parse(
    date.replace(
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\dZ)$/,
      '$1-$2-$3T$4:$5:$6',
    ),
  );
}

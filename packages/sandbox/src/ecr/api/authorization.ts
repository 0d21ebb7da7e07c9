import type { IncomingMessage } from 'node:http';
import { EcrError } from '../model/errors';

const SCHEME =
  /^AWS4-HMAC-SHA256 +Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request, *SignedHeaders=[^,\s]+, *Signature=[0-9a-f]{64}$/;

/** How far a request's date may be off. */
const CLOCK_SKEW_MS = 15 * 60 * 1000;

/**
 * Checks the authorization of a call of the JSON API: a Signature Version 4
 * header of a known access key, for this region and for ECR, with a date of
 * now. The signature itself is not checked: the sandbox has no secret keys.
 *
 * @throws EcrError as AWS answers each of these
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
  const match = SCHEME.exec(authorization);
  if (!match) {
    throw new EcrError(
      'IncompleteSignatureException',
      "Authorization header requires 'AWS4-HMAC-SHA256' with 'Credential', 'SignedHeaders' and 'Signature' parameters.",
    );
  }
  const [, accessKeyId, day, region, service] = match;
  if (!options.accessKeyIds.includes(accessKeyId)) {
    throw new EcrError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    );
  }
  if (region !== options.region || service !== 'ecr') {
    throw new EcrError(
      'InvalidSignatureException',
      service === 'ecr'
        ? `Credential should be scoped to a valid region, not '${region}'.`
        : "Credential should be scoped to correct service: 'ecr'.",
    );
  }
  const date = String(req.headers['x-amz-date'] ?? '');
  const time = timeOf(date);
  if (time === undefined || !date.startsWith(day)) {
    throw new EcrError(
      'IncompleteSignatureException',
      "Date must be in ISO-8601 'basic format' and agree with the credential's. Got '" +
        `${date}'.`,
    );
  }
  if (Math.abs(options.now - time) > CLOCK_SKEW_MS) {
    throw new EcrError(
      'InvalidSignatureException',
      `Signature expired or not yet current: ${date} is more than 15 minutes from now`,
    );
  }
}

/** Milliseconds of `20260601T101530Z`. */
function timeOf(date: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  if (!match) {
    return undefined;
  }
  const [, year, month, day, hour, minute, second] = match;
  const time = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}Z`,
  );
  return Number.isNaN(time) ? undefined : time;
}

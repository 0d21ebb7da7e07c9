import { createHash, createHmac } from 'node:crypto';

/** Credentials for the JSON API. */
export interface AwsCredentials {
  accessKeyId: string;
  /** Needed for a registry that checks signatures, which the sandbox's doesn't. */
  secretAccessKey?: string;
  region: string;
}

/**
 * Headers of a `POST /` to ECR signed by Signature Version 4.
 *
 * @param headers - the other headers; all of them are signed
 */
export function signedHeaders(options: {
  url: URL;
  headers: Record<string, string>;
  body: string;
  credentials: AwsCredentials;
  now: Date;
}): Record<string, string> {
  const { credentials, url } = options;
  const date = options.now.toISOString().replace(/[-:]|\.\d+/g, '');
  const headers: Record<string, string> = {
    ...options.headers,
    'x-amz-date': date,
  };
  const signed = Object.entries({ ...headers, host: url.host })
    .map(([name, value]) => [name.toLowerCase(), value.trim()])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const names = signed.map(([name]) => name).join(';');
  const canonical = [
    'POST',
    '/',
    '',
    ...signed.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    sha256(options.body),
  ].join('\n');
  const scope = [date.slice(0, 8), credentials.region, 'ecr', 'aws4_request'];
  const toSign = ['AWS4-HMAC-SHA256', date, scope.join('/'), sha256(canonical)];
  const key = scope.reduce<Buffer | string>(
    (secret, part) => hmac(secret, part),
    `AWS4${credentials.secretAccessKey ?? ''}`,
  );
  const signature = hmac(key, toSign.join('\n')).toString('hex');
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${
      credentials.accessKeyId
    }/${scope.join('/')}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

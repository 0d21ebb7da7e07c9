import type { IncomingMessage } from 'node:http';

const USER = 'AWS:';

/**
 * The token that a registry client authenticates with: that of
 * `GetAuthorizationToken` as the password of the user `AWS`, or as a bearer.
 */
export function tokenOf({ headers }: IncomingMessage): string {
  const [scheme = '', credentials = ''] = (headers.authorization ?? '').split(
    ' ',
  );
  const decoded = Buffer.from(credentials, 'base64').toString('utf8');
  if (decoded.startsWith(USER)) {
    return decoded.slice(USER.length);
  }
  return scheme.toLowerCase() === 'bearer' ? credentials : '';
}

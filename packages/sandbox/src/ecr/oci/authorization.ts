import type { IncomingMessage } from 'node:http';
import type { TokenIssuer } from '../TokenIssuer';
import { OciError } from './OciError';

/**
 * Checks the credentials of a registry client: basic auth of the user `AWS`
 * with a token of `GetAuthorizationToken`, or that token as a bearer.
 *
 * @throws OciError 401 with ECR's challenge, or 403 for a token older than 12
 * hours
 */
export function authorizeClient(
  req: IncomingMessage,
  tokens: TokenIssuer,
  realm: string,
): void {
  const token = tokenOf(req.headers.authorization);
  const state = token === undefined ? 'invalid' : tokens.check(token);
  if (state === 'expired') {
    throw new OciError(
      403,
      'DENIED',
      'Your authorization token has expired. Reauthenticate and try again.',
    );
  }
  if (state === 'invalid') {
    throw new OciError(401, 'UNAUTHORIZED', 'Not Authorized', {
      'www-authenticate': `Basic realm="${realm}/",service="ecr.amazonaws.com"`,
    });
  }
}

function tokenOf(header: string | undefined): string | undefined {
  const [scheme = '', credentials = ''] = (header ?? '').split(' ');
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return withoutUser(credentials) ?? decoded(credentials) ?? credentials;
    case 'basic':
      return decoded(credentials);
    default:
      return undefined;
  }
}

function decoded(base64: string): string | undefined {
  return withoutUser(Buffer.from(base64, 'base64').toString('utf8'));
}

function withoutUser(pair: string): string | undefined {
  return pair.startsWith('AWS:') ? pair.slice('AWS:'.length) : undefined;
}

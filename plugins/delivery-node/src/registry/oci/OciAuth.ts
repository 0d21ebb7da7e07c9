import { AuthenticationError } from '@backstage/errors';
import { LRUCache } from 'lru-cache';
import { getDomain } from 'tldts';
import { z } from 'zod';
import { unlessAborted } from '../../abort';
import type { OciRegistryConfig } from '../config';
import { type Challenge, parseChallenges } from './challenge';
import { errorOfAnswer } from './errors';
import type { HttpAnswer } from '../http';

const KEPT_TOKENS = 1000;
/**
 * Lifetime of a token if the server doesn't give one, by Docker's registry
 * specification.
 */
const DEFAULT_SECONDS = 60;
/** A token is no longer used this long before it expires. */
const SPARE_SECONDS = 10;

const tokenSchema = z
  .object({
    token: z.string().min(1).optional(),
    access_token: z.string().min(1).optional(),
    expires_in: z.number().positive().optional(),
  })
  .transform(({ token, access_token: other, expires_in: seconds }, context) => {
    const value = token ?? other;
    if (!value) {
      context.addIssue('neither token nor access_token is set');
      return z.NEVER;
    }
    return { value, seconds: seconds ?? DEFAULT_SECONDS };
  });

type Token = z.infer<typeof tokenSchema>;

/**
 * Signs in to a registry as it demands: with HTTP basic authentication, or with
 * a bearer token from its token server, which is kept until it expires.
 */
export class OciAuth {
  static create(options: {
    registry: OciRegistryConfig;
    /** Sends a request, with a timeout. */
    send: (url: URL, headers: Record<string, string>) => Promise<HttpAnswer>;
  }): OciAuth {
    return new OciAuth(options);
  }

  /** The last challenge of each repository, which saves another 401. */
  private readonly challenges = new LRUCache<string, Challenge>({
    max: KEPT_TOKENS,
  });
  private readonly tokens = new LRUCache<string, Promise<Token>>({
    max: KEPT_TOKENS,
  });

  private constructor(
    private readonly options: Parameters<typeof OciAuth.create>[0],
  ) {}

  /**
   * The `Authorization` header for a repository; undefined if none is known to
   * be needed.
   */
  async authorize(
    repository: string,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const { credentials } = this.options.registry;
    if (credentials && 'token' in credentials) {
      return `Bearer ${credentials.token}`;
    }
    const challenge = this.challenges.get(repository);
    if (!challenge) {
      return undefined;
    }
    if (challenge.scheme === 'basic') {
      return this.basic();
    }
    // Other requests may share this pending token.
    const token = await unlessAborted(signal, () =>
      this.token(repository, challenge),
    );
    return `Bearer ${token.value}`;
  }

  /**
   * Handles a 401 answer.
   *
   * @param header - `WWW-Authenticate`
   * @param sent - the `Authorization` header of the request
   * @returns whether the request is worth repeating
   */
  challenged(
    repository: string,
    header: string | null,
    sent: string | undefined,
  ): boolean {
    const { credentials } = this.options.registry;
    if (credentials && 'token' in credentials) {
      return false;
    }
    const offered = parseChallenges(header ?? '');
    const challenge =
      offered.find(({ scheme }) => scheme === 'bearer') ??
      offered.find(({ scheme }) => scheme === 'basic' && credentials);
    if (!challenge) {
      return false;
    }
    this.challenges.set(repository, challenge);
    if (sent === undefined) {
      return true;
    }
    // A token may expire early. A refused password stays refused.
    this.tokens.delete(tokenKey(repository, challenge));
    return challenge.scheme === 'bearer';
  }

  private basic(): string | undefined {
    const { credentials } = this.options.registry;
    if (!credentials || !('username' in credentials)) {
      return undefined;
    }
    const { username, password } = credentials;
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }

  private async token(
    repository: string,
    challenge: Challenge,
  ): Promise<Token> {
    const key = tokenKey(repository, challenge);
    const kept = this.tokens.get(key);
    if (kept) {
      return kept;
    }
    const asked = this.ask(repository, challenge);
    this.tokens.set(key, asked);
    try {
      const { seconds } = await asked;
      const ttl = Math.max(1, (seconds - SPARE_SECONDS) * 1000);
      this.tokens.set(key, asked, { ttl });
    } catch (error) {
      this.tokens.delete(key);
      throw error;
    }
    return asked;
  }

  private async ask(
    repository: string,
    { parameters }: Challenge,
  ): Promise<Token> {
    const { registry, send } = this.options;
    const realm = this.realm(parameters.get('realm'));
    const service = parameters.get('service');
    if (service) {
      realm.searchParams.set('service', service);
    }
    realm.searchParams.set(
      'scope',
      parameters.get('scope') ?? `repository:${repository}:pull`,
    );
    const basic = this.basic();
    const { status, body } = await send(
      realm,
      basic ? { authorization: basic } : {},
    );
    if (status !== 200) {
      throw errorOfAnswer(
        `${realm.host} issued no token for ${registry.host}`,
        status,
        body.toString(),
      );
    }
    return parseToken(body.toString(), realm.host);
  }

  /**
   * Credentials only go to the registry's own token server: a host of its
   * domain, or the configured one. TLS is required unless the registry itself
   * uses http.
   */
  private realm(given: string | undefined): URL {
    const { registry } = this.options;
    const realm = given && URL.canParse(given) ? new URL(given) : undefined;
    if (!realm || !isSecure(realm, new URL(registry.url))) {
      throw new AuthenticationError(
        `${registry.host} asks to sign in at ${
          realm ? `'${realm.protocol}//${realm.host}'` : 'no address'
        }, which is not a URL with https`,
      );
    }
    if (!isTokenServer(realm, registry)) {
      throw new AuthenticationError(
        `${registry.host} asks to sign in at ${realm.host}, which isn't in its domain. If that is correct, set tokenHost to '${realm.host}' for it in delivery.registries`,
      );
    }
    return realm;
  }
}

function isSecure(realm: URL, registry: URL): boolean {
  return (
    realm.protocol === 'https:' ||
    (realm.protocol === 'http:' &&
      registry.protocol === 'http:' &&
      realm.hostname === registry.hostname)
  );
}

/** For example, `auth.docker.io` belongs to `registry-1.docker.io`. */
function isTokenServer(
  realm: URL,
  { url, tokenHost }: OciRegistryConfig,
): boolean {
  if (tokenHost !== undefined) {
    return tokenHost === realm.host;
  }
  const { hostname } = new URL(url);
  // Customers of one cloud provider count as separate domains.
  const domainOf = (host: string) =>
    getDomain(host, { allowPrivateDomains: true });
  return (
    realm.hostname === hostname ||
    (domainOf(hostname) !== null &&
      domainOf(hostname) === domainOf(realm.hostname))
  );
}

function tokenKey(repository: string, { parameters }: Challenge): string {
  return JSON.stringify([repository, ...parameters]);
}

function parseToken(body: string, host: string): Token {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    json = undefined;
  }
  const parsed = tokenSchema.safeParse(json);
  if (!parsed.success) {
    throw new AuthenticationError(
      `The response of ${host} contains no token: ${z.prettifyError(
        parsed.error,
      )}`,
    );
  }
  return parsed.data;
}

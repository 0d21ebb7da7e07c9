import {
  createHash,
  generateKeyPairSync,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** Who is signed in at the provider. */
export interface OidcUser {
  sub: string;
  /** Further claims of the ID token. */
  idToken?: Record<string, unknown>;
  /** Further claims of the userinfo endpoint. */
  userinfo?: Record<string, unknown>;
}

/** An authorization that a client may exchange once for tokens. */
interface Grant {
  user: OidcUser;
  scope: string;
  redirectUri: string;
  nonce?: string;
  codeChallenge?: string;
}

/** OpenID Connect requires RS256 of every provider. */
const ALGORITHM = 'RS256';
const LIFETIME_S = 3600;

/**
 * A small OpenID Connect provider for tests: discovery, authorization code flow
 * (with PKCE if the client asks for it), refresh tokens, signed ID tokens with
 * their keys, and userinfo. Everybody who comes to it is already signed in there,
 * as {@link OidcProvider.user}.
 *
 * It refuses what a real provider would: an unknown client, redirect address or
 * secret, and a code that is used twice.
 */
export class OidcProvider {
  static async start(options: {
    clientId: string;
    clientSecret: string;
    user: OidcUser;
  }): Promise<OidcProvider> {
    const provider = new OidcProvider(options);
    await new Promise<void>(resolve =>
      provider.server.listen(0, '127.0.0.1', resolve),
    );
    return provider;
  }

  /** Who signs in next. */
  user: OidcUser;
  /** The addresses that a client may send people back to; any if empty. */
  readonly redirectUris: string[] = [];
  /** Signs ID tokens by a key that isn't among the published ones. */
  forgesSignatures = false;
  /** Answers every request with 503. */
  isDown = false;
  /** Method and path of each request, as in `POST /token`. */
  readonly requests: string[] = [];

  private readonly clientId: string;
  private readonly clientSecret: string;
  private readonly grants = new Map<string, Grant>();
  private readonly refreshTokens = new Map<string, Grant>();
  private readonly accessTokens = new Map<string, OidcUser>();
  private readonly published = generateKeyPairSync('rsa', {
    modulusLength: 2048,
  });
  private readonly server: Server;

  private constructor(options: {
    clientId: string;
    clientSecret: string;
    user: OidcUser;
  }) {
    this.clientId = options.clientId;
    this.clientSecret = options.clientSecret;
    this.user = options.user;
    this.server = createServer((request, response) => {
      this.answer(request, response).catch(error =>
        json(response, 500, { error: String(error) }),
      );
    });
  }

  get issuer(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  get metadataUrl(): string {
    return `${this.issuer}/.well-known/openid-configuration`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', this.issuer);
    const route = `${request.method} ${url.pathname}`;
    this.requests.push(route);
    if (this.isDown) {
      return json(response, 503, { error: 'temporarily_unavailable' });
    }
    switch (route) {
      case 'GET /.well-known/openid-configuration':
        return json(response, 200, this.metadata());
      case 'GET /jwks':
        return json(response, 200, { keys: [this.publicKey()] });
      case 'GET /authorize':
        return this.authorize(url.searchParams, response);
      case 'POST /token':
        return this.token(request, response);
      case 'GET /userinfo':
        return this.userinfo(request, response);
      default:
        return json(response, 404, { error: 'not_found' });
    }
  }

  private metadata() {
    const { issuer } = this;
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/userinfo`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: [ALGORITHM],
      token_endpoint_auth_methods_supported: ['client_secret_basic'],
      code_challenge_methods_supported: ['S256'],
    };
  }

  private publicKey() {
    return {
      ...this.published.publicKey.export({ format: 'jwk' }),
      kid: 'published',
      use: 'sig',
      alg: ALGORITHM,
    };
  }

  private authorize(query: URLSearchParams, response: ServerResponse) {
    const redirectUri = query.get('redirect_uri') ?? '';
    if (query.get('client_id') !== this.clientId) {
      return json(response, 400, { error: 'unauthorized_client' });
    }
    if (
      !URL.canParse(redirectUri) ||
      (this.redirectUris.length > 0 && !this.redirectUris.includes(redirectUri))
    ) {
      return json(response, 400, { error: 'invalid_redirect_uri' });
    }
    const scope = query.get('scope') ?? '';
    const target = new URL(redirectUri);
    target.searchParams.set('state', query.get('state') ?? '');
    if (
      query.get('response_type') !== 'code' ||
      !scope.split(' ').includes('openid')
    ) {
      target.searchParams.set('error', 'invalid_request');
    } else {
      const code = randomToken();
      this.grants.set(code, {
        user: this.user,
        scope,
        redirectUri,
        nonce: query.get('nonce') ?? undefined,
        codeChallenge: query.get('code_challenge') ?? undefined,
      });
      target.searchParams.set('code', code);
    }
    response.writeHead(302, { location: target.href }).end();
    return undefined;
  }

  private async token(request: IncomingMessage, response: ServerResponse) {
    const form = new URLSearchParams(await bodyOf(request));
    if (!this.knows(request.headers.authorization)) {
      return json(response, 401, { error: 'invalid_client' });
    }
    const grant =
      form.get('grant_type') === 'refresh_token'
        ? taken(this.refreshTokens, form.get('refresh_token'))
        : this.redeemed(form);
    if (!grant) {
      return json(response, 400, { error: 'invalid_grant' });
    }
    const accessToken = randomToken();
    this.accessTokens.set(accessToken, grant.user);
    return json(response, 200, {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: LIFETIME_S,
      scope: grant.scope,
      id_token: this.idToken(grant),
      ...(grant.scope.split(' ').includes('offline_access') && {
        refresh_token: this.refreshToken(grant),
      }),
    });
  }

  /** Whether a header has the client's credentials, each encoded as in a form. */
  private knows(header = ''): boolean {
    const [id, secret] = Buffer.from(header.replace(/^Basic /, ''), 'base64')
      .toString()
      .split(':')
      .map(part => new URLSearchParams(`part=${part}`).get('part'));
    return id === this.clientId && secret === this.clientSecret;
  }

  private redeemed(form: URLSearchParams): Grant | undefined {
    const grant = taken(this.grants, form.get('code'));
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    return grant &&
      grant.redirectUri === form.get('redirect_uri') &&
      (grant.codeChallenge === undefined || grant.codeChallenge === challenge)
      ? grant
      : undefined;
  }

  private refreshToken(grant: Grant): string {
    const token = randomToken();
    this.refreshTokens.set(token, { ...grant, nonce: undefined });
    return token;
  }

  private idToken({ user, nonce }: Grant): string {
    const now = Math.floor(Date.now() / 1000);
    return signed(
      {
        iss: this.issuer,
        sub: user.sub,
        aud: this.clientId,
        iat: now,
        exp: now + LIFETIME_S,
        ...(nonce && { nonce }),
        ...user.idToken,
      },
      this.forgesSignatures
        ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
        : this.published.privateKey,
    );
  }

  private userinfo(request: IncomingMessage, response: ServerResponse) {
    const [, token = ''] = request.headers.authorization?.split(' ') ?? [];
    const user = this.accessTokens.get(token);
    return user
      ? json(response, 200, { sub: user.sub, ...user.userinfo })
      : json(response, 401, { error: 'invalid_token' });
  }
}

function randomToken(): string {
  return randomBytes(24).toString('base64url');
}

/** The value of a key, which is removed. */
function taken<T>(map: Map<string, T>, key: string | null): T | undefined {
  const value = map.get(key ?? '');
  map.delete(key ?? '');
  return value;
}

function signed(claims: object, key: KeyObject): string {
  const content = [{ alg: ALGORITHM, kid: 'published', typ: 'JWT' }, claims]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = sign('sha256', Buffer.from(content), key);
  return `${content}.${signature.toString('base64url')}`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function json(response: ServerResponse, status: number, body: object) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

import { createServer, type IncomingMessage, type Server } from 'node:http';

interface IssuedToken {
  id: string;
  iat: number;
  exp?: number;
  token: string;
}

const DAY_SECONDS = 86_400;
const OWNERS = [
  'backstage',
  'backstage-write',
  'proj:shop:portal',
  'proj:shop:portal-write',
];

/**
 * The part of Argo CD's API that issues tokens, over real HTTP, with the answers of
 * testing/recordings/argocd. Its tokens are JWTs without a signature.
 */
export class TokenArgoCd {
  static async start(): Promise<TokenArgoCd> {
    const argocd: TokenArgoCd = new TokenArgoCd(
      createServer(async (request, response) => {
        const body = await readBody(request);
        const { status, answer } = argocd.answer(
          `${request.method} ${request.url}`,
          request.headers.authorization?.replace('Bearer ', '') ?? '',
          body,
        );
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer));
      }),
    );
    await new Promise<void>(resolve =>
      argocd.server.listen(0, '127.0.0.1', resolve),
    );
    return argocd;
  }

  readonly adminToken = 'token-of-the-administrator';
  /** All tokens that were ever issued. */
  readonly issued: string[] = [];
  /** How many days old new tokens are. */
  age = 0;
  private readonly tokens = new Map<string, IssuedToken[]>(
    OWNERS.map(owner => [owner, []]),
  );

  private constructor(private readonly server: Server) {}

  get url(): string {
    const address = this.server.address();
    return typeof address === 'object' && address !== null
      ? `http://127.0.0.1:${address.port}`
      : '';
  }

  /** Who a token is of; undefined if it isn't valid any more. */
  subjectOf(token: string): string | undefined {
    if (token === this.adminToken) {
      return 'admin';
    }
    return [...this.tokens].find(([, all]) =>
      all.some(one => one.token === token),
    )?.[0];
  }

  idsOf(owner: string): string[] {
    return (this.tokens.get(owner) ?? []).map(({ id }) => id);
  }

  revokeAll(owner: string): void {
    this.tokens.set(owner, []);
  }

  issue(owner: string, id: string, expiresIn: number): string {
    const iat = Math.floor(Date.now() / 1000) - this.age * DAY_SECONDS;
    const exp = expiresIn > 0 ? iat + expiresIn : undefined;
    const claims = { iss: 'argocd', sub: owner, jti: id, iat, exp };
    const encode = (value: object) =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${encode({ alg: 'none' })}.${encode(claims)}.${encode({
      serial: this.issued.length,
    })}`;
    this.tokens.get(owner)?.push({ id, iat, exp, token });
    this.issued.push(token);
    return token;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private answer(
    call: string,
    token: string,
    body: Record<string, unknown>,
  ): { status: number; answer: object } {
    const ok = (answer: object) => ({ status: 200, answer });
    const refuse = (status: number, code: number, message: string) => ({
      status,
      answer: { error: message, code, message },
    });
    const subject = this.subjectOf(token);
    if (call === 'GET /api/v1/session/userinfo') {
      return ok(subject ? { loggedIn: true, username: subject } : {});
    }
    if (call === 'POST /api/v1/session') {
      return body.username === 'admin' && body.password === 'secret'
        ? ok({ token: this.adminToken })
        : refuse(401, 16, 'Invalid username or password');
    }
    if (subject !== 'admin') {
      return refuse(403, 7, 'permission denied');
    }
    const account =
      /^(GET|POST|DELETE) \/api\/v1\/account\/([\w-]+)(\/token)?(?:\/([\w-]+))?$/.exec(
        call,
      );
    const role =
      /^(POST|DELETE) \/api\/v1\/projects\/(\w+)\/roles\/([\w-]+)\/token(?:\/\d+\?id=(.+))?$/.exec(
        call,
      );
    const owner = account?.[2] ?? (role && `proj:${role[2]}:${role[3]}`);
    if (owner && this.tokens.has(owner)) {
      const method = account?.[1] ?? role?.[1];
      if (method === 'POST') {
        return ok({
          token: this.issue(owner, String(body.id), Number(body.expiresIn)),
        });
      }
      if (method === 'DELETE') {
        const id = account?.[4] ?? role?.[4];
        this.tokens.set(
          owner,
          (this.tokens.get(owner) ?? []).filter(one => one.id !== id),
        );
        return ok({});
      }
      return ok({
        name: owner,
        tokens: this.tokens
          .get(owner)
          ?.map(({ id, iat }) => ({ id, issuedAt: iat })),
      });
    }
    if (call === 'GET /api/v1/projects/shop') {
      const roles = ['portal', 'portal-write'];
      return ok({
        spec: { roles: roles.map(name => ({ name })) },
        status: {
          jwtTokensByRole: Object.fromEntries(
            roles.map(name => [
              name,
              {
                items: this.tokens
                  .get(`proj:shop:${name}`)
                  ?.map(({ id, iat, exp }) => ({ id, iat, exp })),
              },
            ]),
          ),
        },
      });
    }
    return refuse(404, 5, `${call} doesn't exist`);
  }
}

async function readBody(
  request: IncomingMessage,
): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
  }
  return text ? JSON.parse(text) : {};
}

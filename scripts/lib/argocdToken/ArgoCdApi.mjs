import { Failure } from '../say.mjs';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
const TIMEOUT_MS = 30_000;

/** The part of Argo CD's API that makes and removes tokens. */
export class ArgoCdApi {
  /**
   * @throws Failure if credentials would be sent unencrypted
   */
  constructor(url) {
    const { protocol, hostname } = new URL(url);
    if (protocol !== 'https:' && !LOOPBACK.has(hostname)) {
      throw new Failure(
        `${url} is not https: the administrator's credentials would be readable on the way.`,
      );
    }
    this.url = url.replace(/\/+$/, '');
  }

  /** Signs in with a token, or as a user with a password. */
  async signIn({ token, username, password }) {
    this.token =
      token ??
      (
        await this.request('POST', '/api/v1/session', {
          body: { username, password },
          token: '',
        })
      ).token;
    const user = await this.whoIs(this.token);
    if (!user) {
      throw new Failure(
        `Argo CD at ${this.url} doesn't accept the administrator's credentials.`,
      );
    }
    return user;
  }

  /** The name of the user that a token belongs to; undefined if it isn't valid. */
  async whoIs(token) {
    const answer = await this.request('GET', '/api/v1/session/userinfo', {
      token,
    });
    return answer.loggedIn ? answer.username : undefined;
  }

  /** Tokens of an account or of a project's role, with their ids and times. */
  async tokensOf(owner) {
    const answer = await this.request('GET', owner.path);
    return owner.tokensIn(answer);
  }

  async createToken(owner, { id, expiresIn }) {
    const { token } = await this.request('POST', owner.tokenPath, {
      body: { id, expiresIn, ...owner.extra },
    });
    return token;
  }

  async deleteToken(owner, token) {
    await this.request('DELETE', owner.deletePath(token));
  }

  async request(method, path, { body, token = this.token } = {}) {
    let response;
    try {
      response = await fetch(`${this.url}${path}`, {
        method,
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          accept: 'application/json',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    } catch (error) {
      throw new Failure(
        `Argo CD at ${this.url} can't be reached: ${
          error.cause?.message ?? error.message
        }`,
      );
    }
    const text = await response.text();
    if (response.status !== 200) {
      throw new Failure(
        `Argo CD answered ${method} ${path} with ${
          response.status
        }: ${messageOf(text)}`,
      );
    }
    return JSON.parse(text);
  }
}

/** An account of `argocd-cm` with the capability apiKey. */
export function accountOwner(account) {
  const path = `/api/v1/account/${encodeURIComponent(account)}`;
  return {
    name: `the account ${account}`,
    subject: account,
    path,
    tokenPath: `${path}/token`,
    tokensIn: ({ tokens }) => tokens ?? [],
    deletePath: ({ id }) => `${path}/token/${encodeURIComponent(id)}`,
  };
}

/** A role of a project. */
export function roleOwner(project, role) {
  const path = `/api/v1/projects/${encodeURIComponent(project)}`;
  const roles = `${path}/roles/${encodeURIComponent(role)}/token`;
  return {
    name: `the role ${role} of the project ${project}`,
    subject: `proj:${project}:${role}`,
    path,
    tokenPath: roles,
    extra: { description: 'The portal' },
    tokensIn: ({ spec, status }) => {
      if (!spec.roles?.some(({ name }) => name === role)) {
        throw new Failure(
          `The project ${project} has no role ${role}: is the root Application synced?`,
        );
      }
      return status?.jwtTokensByRole?.[role]?.items ?? [];
    },
    deletePath: ({ iat, id }) =>
      `${roles}/${iat}?id=${encodeURIComponent(id ?? '')}`,
  };
}

function messageOf(text) {
  try {
    const { error, message } = JSON.parse(text);
    return message ?? error ?? 'no reason';
  } catch {
    return text.slice(0, 200);
  }
}

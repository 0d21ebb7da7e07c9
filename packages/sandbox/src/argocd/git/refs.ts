import type { RepositoryCredential } from '../../config';
import { asString, at } from '../json';
import { git } from './process';

/** Ref names and their commits: `HEAD`, `refs/heads/main`, … */
export type Refs = Map<string, string>;

/**
 * The heads of a repository can't be read. The message is worded like that of
 * Argo CD's client.
 */
export class RefsError extends Error {
  constructor(message: string) {
    super(`failed to list refs: ${message}`);
    this.name = 'RefsError';
  }
}

/**
 * The credential for a repository: the one with the longest matching prefix.
 */
export function credentialFor(
  url: string,
  credentials: RepositoryCredential[],
): RepositoryCredential | undefined {
  return credentials
    .filter(({ urlPrefix }) => url.startsWith(urlPrefix))
    .sort((a, b) => b.urlPrefix.length - a.urlPrefix.length)[0];
}

function basicHeader(credential: RepositoryCredential): string {
  const { username, password } = credential;
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** Git settings that send the credential to the repository's host only. */
export function credentialConfig(
  url: string,
  credential: RepositoryCredential | undefined,
): Record<string, string> {
  if (!credential || !/^https?:/.test(url)) {
    return {};
  }
  return {
    [`http.${new URL(url).origin}/.extraHeader`]: `Authorization: ${basicHeader(
      credential,
    )}`,
  };
}

/** Reads the heads of a repository over HTTP, or with git for other URLs. */
export async function listRefs(
  url: string,
  credential: RepositoryCredential | undefined,
): Promise<Refs> {
  if (!/^https?:/.test(url)) {
    try {
      const out = await git(['ls-remote', '--', url]);
      return parseLines(out.toString('utf8').split('\n'));
    } catch {
      throw new RefsError('repository not found: ');
    }
  }
  const target = `${url.replace(/\/$/, '')}/info/refs?service=git-upload-pack`;
  let response: Response;
  try {
    response = await fetch(target, {
      headers: credential ? { authorization: basicHeader(credential) } : {},
      signal: AbortSignal.timeout(15_000),
    });
  } catch (error) {
    throw new RefsError(`Get "${target}": ${reason(error, url)}`);
  }
  const body = Buffer.from(await response.arrayBuffer());
  switch (response.status) {
    case 200:
      return parseLines(packetLines(body));
    case 401:
      throw new RefsError('authentication required: ');
    case 403:
      throw new RefsError('authorization failed: ');
    case 404:
      throw new RefsError('repository not found: ');
    default:
      throw new RefsError(
        `unexpected requesting "${target}" status code: ${response.status}`,
      );
  }
}

function reason(error: unknown, url: string): string {
  const { hostname, port, protocol } = new URL(url);
  const address = `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
  switch (asString(at(error, 'cause', 'code'))) {
    case 'ECONNREFUSED':
      return `dial tcp ${address}: connect: connection refused`;
    case 'ENOTFOUND':
      return `dial tcp: lookup ${hostname}: no such host`;
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return `EOF`;
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

/** Git's pkt-line framing: four hexadecimal digits of length, then the line; 0000 is a separator. */
function packetLines(body: Buffer): string[] {
  const lines: string[] = [];
  let offset = 0;
  while (offset + 4 <= body.length) {
    const length = parseInt(body.toString('latin1', offset, offset + 4), 16);
    if (Number.isNaN(length)) {
      break;
    }
    if (length >= 4) {
      lines.push(body.toString('utf8', offset + 4, offset + length));
    }
    offset += Math.max(length, 4);
  }
  return lines;
}

function parseLines(lines: string[]): Refs {
  const refs: Refs = new Map();
  for (const line of lines) {
    const match = /^([0-9a-f]{40})\s+([^\0\n]+)/.exec(line);
    if (match && match[2] !== 'capabilities^{}') {
      refs.set(match[2], match[1]);
    }
  }
  return refs;
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import { isObject, type Obj } from '../json';

/**
 * A malformed token. The message is worded like that of Argo CD's JWT library.
 */
export class TokenError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TokenError';
  }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function signature(content: string, key: string): Buffer {
  return createHmac('sha256', key).update(content).digest();
}

/** Signs claims as a JSON Web Token with HS256, as Argo CD does. */
export function sign(claims: Obj, key: string): string {
  const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${content}.${signature(content, key).toString('base64url')}`;
}

/** Returns a token's claims after checking its signature and expiry. */
export function verify(token: string, key: string, now: number): Obj {
  const parts = token.split('.');
  if (parts.length !== 3) {
    throw new TokenError(
      'token is malformed: token contains an invalid number of segments',
    );
  }
  const [header, payload, signed] = parts;
  decode('header', header);
  const claims = decode('claim', payload);
  const expected = signature(`${header}.${payload}`, key);
  const actual = Buffer.from(signed, 'base64url');
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) {
    throw new TokenError('token signature is invalid: signature is invalid');
  }
  if (typeof claims.exp === 'number' && claims.exp * 1000 <= now) {
    throw new TokenError('token has invalid claims: token is expired');
  }
  return claims;
}

function decode(what: string, part: string): Obj {
  const bad = /[^A-Za-z0-9_-]/.exec(part);
  if (bad) {
    throw new TokenError(
      `token is malformed: could not base64 decode ${what}: illegal base64 data at input byte ${bad.index}`,
    );
  }
  const bytes = Buffer.from(part, 'base64url');
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (isObject(value)) {
      return value;
    }
  } catch {
    // Falls through to the same error.
  }
  throw new TokenError(
    `token is malformed: could not JSON decode ${what}: ${jsonProblem(bytes)}`,
  );
}

/** Go's error for text that isn't JSON, judged by its first byte. */
export function jsonProblem(bytes: Buffer): string {
  const first = bytes.find(byte => ![0x20, 0x09, 0x0a, 0x0d].includes(byte));
  if (first === undefined) {
    return 'unexpected end of JSON input';
  }
  // A value with a valid first byte breaks off later.
  return '{["-0123456789tfn'.includes(String.fromCharCode(first))
    ? 'unexpected end of JSON input'
    : `invalid character '${goQuoted(first)}' looking for beginning of value`;
}

function goQuoted(byte: number): string {
  if (byte < 0x20 || byte === 0x7f) {
    return `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  const char = String.fromCharCode(byte);
  if (byte >= 0x80 && byte < 0xa0) {
    return `\\u${byte.toString(16).padStart(4, '0')}`;
  }
  return char === "'" || char === '\\' ? `\\${char}` : char;
}

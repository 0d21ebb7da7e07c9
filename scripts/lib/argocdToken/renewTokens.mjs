import { Failure } from '../say.mjs';
import { accountOwner, roleOwner } from './ArgoCdApi.mjs';

/** Tokens with such an id are this script's, and may be removed by it. */
const PREFIX = 'landfall-';

/** A token is renewed when less than this part of its life is left. */
const RENEW_BELOW = 1 / 3;

/**
 * The tokens that the portal's chart reads, by the keys of the secret: those of two
 * accounts, or of two roles in each project for a managed Argo CD.
 */
export function wantedTokens({ argocd, registry }) {
  return argocd.mode === 'helm'
    ? {
        token: accountOwner('backstage'),
        'write-token': accountOwner('backstage-write'),
      }
    : Object.fromEntries(
        registry.prefixes.flatMap(project => [
          [project, roleOwner(project, 'portal')],
          [`${project}-write`, roleOwner(project, 'portal-write')],
        ]),
      );
}

/**
 * Renews the tokens that are missing, refused or about to expire, and stores them
 * all at once. Of each owner's older tokens, the one that was stored until now
 * stays valid, because the portal uses it until External Secrets has read the
 * secret; a later run removes it.
 *
 * @returns what was done, in sentences without any token
 */
export async function renewTokens({
  api,
  store,
  wanted,
  expiresIn,
  rotate = false,
  now = Date.now(),
}) {
  const stored = await store.read();
  const next = { ...stored };
  const done = [];
  const current = new Map();
  for (const [key, owner] of Object.entries(wanted)) {
    const reason = rotate
      ? 'as requested'
      : await reasonToRenew(api, owner, stored[key], now);
    if (reason) {
      const token = await create(api, owner, { expiresIn, now });
      next[key] = token;
      done.push(
        `${key}: a new token of ${owner.name}, ${validity(token)} (${reason})`,
      );
    } else {
      done.push(`${key}: kept, ${validity(stored[key])}`);
    }
    current.set(key, [stored[key], next[key]].map(idOf));
  }
  if (Object.keys(wanted).some(key => next[key] !== stored[key])) {
    await store.write(next);
  }
  for (const [key, owner] of Object.entries(wanted)) {
    const removed = await removeOthers(api, owner, current.get(key));
    if (removed > 0) {
      done.push(
        `${key}: removed ${removed} older ${
          removed === 1 ? 'token' : 'tokens'
        } of ${owner.name}`,
      );
    }
  }
  return done;
}

async function reasonToRenew(api, owner, token, now) {
  if (!token) {
    return 'there was none';
  }
  const user = await api.whoIs(token);
  if (user === undefined) {
    return 'Argo CD refused the former one';
  }
  if (user !== owner.subject) {
    return `the former one was of ${user}`;
  }
  const { iat, exp } = claimsOf(token);
  if (exp === undefined) {
    return undefined;
  }
  return exp * 1000 - now < (exp - iat) * 1000 * RENEW_BELOW
    ? `the former one expires on ${day(exp)}`
    : undefined;
}

async function create(api, owner, { expiresIn, now }) {
  const id = `${PREFIX}${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
  const token = await api.createToken(owner, { id, expiresIn });
  const user = await api.whoIs(token);
  if (user !== owner.subject) {
    throw new Failure(
      `The new token of ${owner.name} doesn't work: Argo CD takes it for ${
        user ?? 'nobody'
      }. Nothing was stored.`,
    );
  }
  return token;
}

async function removeOthers(api, owner, kept) {
  const others = (await api.tokensOf(owner)).filter(
    ({ id }) => id?.startsWith(PREFIX) && !kept.includes(id),
  );
  for (const token of others) {
    await api.deleteToken(owner, token);
  }
  return others.length;
}

function validity(token) {
  const { exp } = claimsOf(token);
  return exp === undefined ? 'without an end' : `valid until ${day(exp)}`;
}

function idOf(token) {
  return token && claimsOf(token).jti;
}

/** What a token says of itself. Argo CD's are JWTs, of which it checks the rest. */
function claimsOf(token) {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
  } catch {
    return {};
  }
}

function day(seconds) {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { resolve } from 'node:path';
import { SecretFile } from './SecretFile';

/**
 * How to sign in: with a token, or with username and password. The token and
 * the password may be in files.
 *
 * @public
 */
export type ArgoCdCredentials =
  | { token: string | SecretFile }
  | { username: string; password: string | SecretFile };

const KEYS = ['token', 'tokenFile', 'username', 'password', 'passwordFile'];

/**
 * The credentials of an instance. Instances without credentials of their own
 * share `argocd.username` and `argocd.password`.
 *
 * @throws InputError that names the key
 */
export function readCredentials(
  key: string,
  instance: Config,
  argocd: Config | undefined,
): ArgoCdCredentials {
  const token = readToken(key, instance);
  if (token !== undefined) {
    return { token };
  }
  const username =
    instance.getOptionalString('username') ??
    argocd?.getOptionalString('username');
  const password =
    readSecret(key, instance, 'password') ??
    (argocd && readText(argocd, 'password'));
  if (username && password !== undefined) {
    return { username, password };
  }
  throw new InputError(
    `${key} has no credentials: set token or tokenFile, or username and password (or passwordFile) there or as argocd.username and argocd.password`,
  );
}

/**
 * The credentials of an instance for all writes. Shared credentials never
 * complete them.
 *
 * @throws InputError that names the key
 */
export function readWriteCredentials(
  key: string,
  instance: Config,
): ArgoCdCredentials | undefined {
  const write = instance.getOptionalConfig('write');
  if (!write) {
    return undefined;
  }
  const writeKey = `${key}.write`;
  const unknown = write.keys().find(name => !KEYS.includes(name));
  if (unknown !== undefined) {
    throw new InputError(
      `${writeKey}.${unknown} is not a known key. Known: ${KEYS.join(', ')}`,
    );
  }
  return readCredentials(writeKey, write, undefined);
}

/**
 * The token of an instance or a project.
 *
 * @throws InputError that names the key
 */
export function readToken(
  key: string,
  config: Config,
): string | SecretFile | undefined {
  return readSecret(key, config, 'token');
}

/**
 * A secret from the configuration itself or from a file. An empty one, as of an
 * environment variable without a value, is an error of its instance when it is
 * used: it must not keep other instances from starting.
 */
function readSecret(
  key: string,
  config: Config,
  name: 'token' | 'password',
): string | SecretFile | undefined {
  const secret = readText(config, name);
  const file = config.getOptionalString(`${name}File`);
  if (secret !== undefined && file !== undefined) {
    throw new InputError(
      `${key} has both ${name} and ${name}File: set one of them`,
    );
  }
  return file === undefined
    ? secret
    : new SecretFile(`${key}.${name}File`, resolve(file));
}

/** A text that may be empty, which `getOptionalString` refuses. */
function readText(config: Config, name: string): string | undefined {
  return config.getOptional(name) === '' ? '' : config.getOptionalString(name);
}

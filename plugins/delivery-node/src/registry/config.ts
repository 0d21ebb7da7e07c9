import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * An ECR registry whose host in image references isn't an Amazon name: a
 * mirror, a proxy or a substitute.
 *
 * @public
 */
export interface EcrRegistryConfig {
  /** With the port, if there is one. */
  host: string;
  accountId: string;
  region: string;
}

/**
 * A registry that speaks the OCI distribution API, such as GHCR, Harbor or a
 * mirror.
 *
 * @public
 */
export interface OciRegistryConfig {
  /** As in image references, with the port, if there is one. */
  host: string;
  /** Base URL of its API, without `/v2`, without a trailing slash. */
  url: string;
  /**
   * Host of its token server, with the port, if there is one. Default: any host
   * of the registry's domain.
   */
  tokenHost?: string;
  /** Without credentials, it is read anonymously. */
  credentials?: { username: string; password: string } | { token: string };
}

/**
 * The registries of `delivery.registries[]`.
 *
 * @public
 */
export interface RegistriesConfig {
  ecr: EcrRegistryConfig[];
  oci: OciRegistryConfig[];
}

const HOST = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Docker Hub's host in image references differs from its API host. */
const DOCKER_HUB = { host: 'docker.io', url: 'https://registry-1.docker.io' };

/**
 * Reads `delivery.registries[]`. Throws an `InputError` that names the key.
 *
 * @public
 */
export function readRegistryConfig(config: Config): RegistriesConfig {
  const registries: RegistriesConfig = { ecr: [], oci: [] };
  const hosts = new Set<string>();
  const entries = config.getOptionalConfigArray('delivery.registries') ?? [];
  entries.forEach((entry, index) => {
    const key = `delivery.registries[${index}]`;
    const host = readHost(entry, key);
    if (hosts.has(host)) {
      throw new InputError(`${key}.host: '${host}' is configured twice`);
    }
    hosts.add(host);
    const type = entry.getString('type');
    switch (type) {
      case 'ecr':
        registries.ecr.push({ host, ...readEcr(entry, key) });
        break;
      case 'oci':
        registries.oci.push({ host, ...readOci(entry, key, host) });
        break;
      default:
        throw new InputError(
          `${key}.type is '${type}'. Known: 'ecr' and 'oci'`,
        );
    }
  });
  return registries;
}

function readHost(entry: Config, key: string): string {
  return checkHost(entry.getString('host'), `${key}.host`);
}

function checkHost(given: string, key: string): string {
  const host = given.toLowerCase();
  if (!HOST.test(host)) {
    throw new InputError(
      `${key}: '${host}' isn't a host. Write it without scheme and path, such as registry.example.com or registry.example.com:5000`,
    );
  }
  return host;
}

function readEcr(entry: Config, key: string): Omit<EcrRegistryConfig, 'host'> {
  const accountId = entry.getString('accountId');
  if (!/^\d{12}$/.test(accountId)) {
    throw new InputError(
      `${key}.accountId: '${accountId}' isn't an AWS account of 12 digits. Write it in quotes`,
    );
  }
  return { accountId, region: entry.getString('region') };
}

function readOci(
  entry: Config,
  key: string,
  host: string,
): Omit<OciRegistryConfig, 'host'> {
  const tokenHost = entry.getOptionalString('tokenHost');
  const place = {
    url: readUrl(entry, key, host),
    ...(tokenHost !== undefined && {
      tokenHost: checkHost(tokenHost, `${key}.tokenHost`),
    }),
  };
  const username = entry.getOptionalString('username');
  const password = entry.getOptionalString('password');
  const token = entry.getOptionalString('token');
  if (token !== undefined && (username ?? password) !== undefined) {
    throw new InputError(
      `${key} has both a token and a username or password. Set one or the other`,
    );
  }
  if (token !== undefined) {
    return { ...place, credentials: { token } };
  }
  if (username !== undefined && password !== undefined) {
    return { ...place, credentials: { username, password } };
  }
  if (username !== undefined || password !== undefined) {
    throw new InputError(
      `${key} has only one of username and password. Set both, or neither to read anonymously`,
    );
  }
  return place;
}

function readUrl(entry: Config, key: string, host: string): string {
  const given = entry.getOptionalString('url');
  if (given === undefined) {
    return host === DOCKER_HUB.host ? DOCKER_HUB.url : `https://${host}`;
  }
  let url: URL;
  try {
    url = new URL(given);
  } catch {
    throw new InputError(`${key}.url: '${given}' is not a URL`);
  }
  const isPlain = url.protocol === 'http:' && LOOPBACK.test(url.hostname);
  if (
    (url.protocol !== 'https:' && !isPlain) ||
    url.username ||
    url.search ||
    url.hash
  ) {
    throw new InputError(
      `${key}.url: '${url.protocol}//${url.host}${url.pathname}' must use https (http is allowed for loopback addresses only) and contain only a host and a path`,
    );
  }
  return url.href.replace(/\/+$/, '');
}

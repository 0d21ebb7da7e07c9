import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readFileSync } from 'node:fs';
import {
  type ArgoCdCredentials,
  readCredentials,
  readWriteCredentials,
} from './readCredentials';
import {
  type ArgoCdProjectCredentials,
  readProjectTokens,
} from './readProjectTokens';
import { readUrl } from './readUrl';

/**
 * Where an Argo CD instance is reached.
 *
 * @public
 */
export interface ArgoCdConnectionConfig {
  name: string;
  /** Base URL of the API, without a trailing slash. */
  url: string;
  /** Base URL for links in pages, without a trailing slash. */
  frontendUrl: string;
  /** Certificate authorities in PEM, in addition to those that Node trusts. */
  ca?: string;
}

/**
 * A configured Argo CD instance with one account for all its projects.
 *
 * @public
 */
export interface ArgoCdInstanceConfig extends ArgoCdConnectionConfig {
  credentials: ArgoCdCredentials;
  /** For every write; without it, `credentials` are used. */
  write?: ArgoCdCredentials;
}

/**
 * A configured Argo CD instance with separate credentials for each project, such
 * as a managed Argo CD.
 *
 * @public
 */
export interface ArgoCdProjectsConfig extends ArgoCdConnectionConfig {
  projects: ArgoCdProjectCredentials[];
}

/**
 * The `argocd` section of the configuration.
 *
 * @public
 */
export interface ArgoCdConfig {
  instances: (ArgoCdInstanceConfig | ArgoCdProjectsConfig)[];
  /** What was ignored, and why; to be logged. */
  warnings: string[];
}

const PEM = '-----BEGIN CERTIFICATE-----';

/**
 * Reads `argocd.appLocatorMethods[].instances[]`. Like the other Argo CD
 * plugins, it uses `argocd.username` and `argocd.password` for instances
 * without credentials of their own. Throws an `InputError` that names the key.
 *
 * @public
 */
export function readArgoCdConfig(config: Config): ArgoCdConfig {
  const argocd = config.getOptionalConfig('argocd');
  const result: ArgoCdConfig = { instances: [], warnings: [] };
  const methods = argocd?.getOptionalConfigArray('appLocatorMethods') ?? [];
  const found: { key: string; config: Config }[] = [];
  methods.forEach((method, index) => {
    const key = `argocd.appLocatorMethods[${index}]`;
    const type = method.getString('type');
    if (type !== 'config') {
      result.warnings.push(
        `${key}.type is '${type}', which Landfall doesn't support, so its instances are ignored. Supported: 'config'`,
      );
      return;
    }
    method.getConfigArray('instances').forEach((instance, number) => {
      found.push({ key: `${key}.instances[${number}]`, config: instance });
    });
  });
  for (const { key, config: instance } of found) {
    const read = readInstance(key, instance, {
      argocd,
      // `argocd.baseUrl` only applies to a setup with a single instance.
      single: found.length === 1,
    });
    if (result.instances.some(({ name }) => name === read.name)) {
      throw new InputError(
        `${key}.name: two Argo CD instances have the name '${read.name}'. Give each its own name`,
      );
    }
    result.instances.push(read);
  }
  return result;
}

function readInstance(
  key: string,
  instance: Config,
  shared: { argocd?: Config; single: boolean },
): ArgoCdInstanceConfig | ArgoCdProjectsConfig {
  const url = readUrl(`${key}.url`, instance.getString('url'));
  const frontendUrl = instance.getOptionalString('frontendUrl');
  const baseUrl = shared.single
    ? shared.argocd?.getOptionalString('baseUrl')
    : undefined;
  const ca = instance.getOptionalString('ca');
  const connection: ArgoCdConnectionConfig = {
    name: instance.getString('name'),
    url,
    frontendUrl: frontendUrl
      ? readUrl(`${key}.frontendUrl`, frontendUrl)
      : (baseUrl && readUrl('argocd.baseUrl', baseUrl)) || url,
    ...(ca ? { ca: readCa(`${key}.ca`, ca) } : {}),
  };
  const projects = readProjectTokens(key, instance);
  if (projects) {
    return { ...connection, projects };
  }
  const write = readWriteCredentials(key, instance);
  return {
    ...connection,
    credentials: readCredentials(key, instance, shared.argocd),
    ...(write ? { write } : {}),
  };
}

function readCa(key: string, ca: string): string {
  if (ca.includes(PEM)) {
    return ca;
  }
  let content: string;
  try {
    content = readFileSync(ca, 'utf8');
  } catch (error) {
    throw new InputError(
      `${key} is neither a PEM certificate nor a readable file: '${ca}'`,
      error,
    );
  }
  if (!content.includes(PEM)) {
    throw new InputError(`${key}: no PEM certificate in '${ca}'`);
  }
  return content;
}

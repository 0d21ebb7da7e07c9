import { type AppConfig, ConfigReader } from '@backstage/config';
import { ConfigSources, EnvConfigSource } from '@backstage/config-loader';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { type RequiredVariable, requiredVariables } from './placeholders';
import { sandboxValues } from './sandboxValues';
import { signInProblems } from './signInProblems';

/** How a process is started. */
export interface StartOptions {
  /** As `process.argv`: its `--config` options are the files to check. */
  argv: string[];
  env: NodeJS.ProcessEnv;
}

/**
 * Checks the configuration before anything starts. Backstage drops a key with a
 * missing variable, so the value of a file below it in the list would silently
 * apply.
 *
 * - Every variable that the files of `--config` refer to without a default has a
 *   value, unless a later file or an `APP_CONFIG_…` variable replaces the key.
 * - With `NODE_ENV=production`, nothing of the sandbox is used, nobody gets in as a
 *   guest, and people can sign in.
 *
 * @returns the configuration, with all variables substituted
 * @throws InputError that lists everything that is wrong, without any value
 */
export async function checkConfiguration(
  options: StartOptions,
): Promise<JsonObject> {
  const missing = await missingVariables(options);
  if (missing.length > 0) {
    throw new InputError(
      [
        'The portal was not started: environment variables that its configuration requires are not set.',
        ...missing.map(
          ({ name, keys }) => `  ${name} (for ${keys.join(', ')})`,
        ),
        'Set them, or give these keys other values in a further file with --config.',
      ].join('\n'),
    );
  }
  const config = await resolvedConfig(options);
  if (options.env.NODE_ENV !== 'production') {
    return config;
  }
  const forbidden = sandboxValues(config);
  const problems = [...forbidden, ...signInProblems(config)];
  if (problems.length > 0) {
    throw new InputError(
      [
        'The portal was not started: its configuration is not fit for production.',
        ...problems.map(line => `  ${line}`),
        ...(forbidden.length > 0
          ? ['Use values of your own, and leave app-config.sandbox.yaml out.']
          : []),
      ].join('\n'),
    );
  }
  return config;
}

async function missingVariables({
  argv,
  env,
}: StartOptions): Promise<RequiredVariable[]> {
  const configs: AppConfig[] = [];
  for (const { target } of ConfigSources.parseArgs(argv)) {
    configs.push({ context: target, data: await readRaw(target) });
  }
  const overrides = EnvConfigSource.create({ env });
  for await (const read of overrides.readConfigData()) {
    configs.push(...read.configs);
  }
  // Merged as Backstage does, so that variables of replaced values aren't needed.
  const merged = ConfigReader.fromConfigs(configs).getOptional();
  return requiredVariables(merged).filter(({ name }) => !env[name]?.trim());
}

async function readRaw(target: string): Promise<JsonObject> {
  try {
    const text = await readFile(resolve(target), 'utf8');
    // Pretty errors would quote the line, which may hold a secret.
    return parse(text, { prettyErrors: false }) ?? {};
  } catch (error) {
    throw new InputError(
      `The portal was not started: the configuration file ${target} can't be read`,
      error,
    );
  }
}

async function resolvedConfig({
  argv,
  env,
}: StartOptions): Promise<JsonObject> {
  const config = await ConfigSources.toConfig(
    ConfigSources.default({
      argv,
      env,
      watch: false,
      substitutionFunc: async name => env[name]?.trim(),
    }),
  );
  const data = config.getOptional<JsonObject>() ?? {};
  config.close();
  return data;
}

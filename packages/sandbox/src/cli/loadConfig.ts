import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  argocdConfigSchema,
  ecrConfigSchema,
  gitConfigSchema,
  imageUpdaterConfigSchema,
  type SandboxConfig,
} from '../config';
import { PORTS, defaultConfig } from '../defaults';
import { PART_NAMES, type PartName } from '../part';
import { Failure } from './Failure';

/** The schema of a `--config` file: any part of a `SandboxConfig`. */
const configFileSchema = z.strictObject({
  stateDir: z.string().optional(),
  host: z.string().optional(),
  git: gitConfigSchema.partial().optional(),
  ecr: ecrConfigSchema.partial().optional(),
  argocd: argocdConfigSchema.partial().optional(),
  imageUpdater: imageUpdaterConfigSchema
    .partial()
    .extend({
      kubernetes: imageUpdaterConfigSchema.shape.kubernetes
        .partial()
        .optional(),
    })
    .optional(),
});
type ConfigFile = z.infer<typeof configFileSchema>;

/** The environment variables of the sandbox. */
export type Environment = Record<string, string | undefined>;

/**
 * The configuration of this start: the defaults, overridden by environment
 * variables, both overridden by a YAML file.
 *
 * @param options - `pickPorts`: replaces port 0 by a free one, as a start needs
 * it
 * @throws Failure for a port or a file that can't be used
 */
export async function loadConfig(options: {
  env: Environment;
  file?: string;
  stateDir?: string;
  pickPorts?: boolean;
}): Promise<SandboxConfig> {
  const { env, file } = options;
  const ports: Partial<Record<PartName, number>> = {};
  for (const part of PART_NAMES) {
    const port = portOf(env, part);
    ports[part] = port === 0 && options.pickPorts ? await freePort() : port;
  }
  const stateDir = options.stateDir ?? env.SANDBOX_STATE_DIR;
  const config = defaultConfig({
    host: env.SANDBOX_HOST || undefined,
    stateDir: stateDir ? resolve(stateDir) : undefined,
    portalUrl: env.SANDBOX_PORTAL_URL || undefined,
    ports,
  });
  return file === undefined ? config : mergeConfig(config, readFile(file));
}

function portOf(env: Environment, part: PartName): number {
  const { port, variable } = PORTS[part];
  const text = env[variable];
  if (!text) {
    return port;
  }
  const chosen = Number(text);
  if (!/^\d+$/.test(text) || chosen > 65535) {
    throw new Failure(
      `${variable} is "${text}": set it to a port from 1 to 65535, or 0 for any free one.`,
    );
  }
  return chosen;
}

async function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        resolvePort(typeof address === 'object' && address ? address.port : 0),
      );
    });
  });
}

function readFile(file: string): ConfigFile {
  const path = resolve(file);
  let content: unknown;
  try {
    content = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Failure(`The configuration file ${path} can't be read: ${error}`);
  }
  const parsed = configFileSchema.safeParse(content ?? {});
  if (!parsed.success) {
    throw new Failure(
      `${path} can't be used:\n${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data;
}

/** Objects are merged. Everything else, including lists, is replaced. */
function mergeConfig(config: SandboxConfig, file: ConfigFile): SandboxConfig {
  const { imageUpdater } = config;
  return {
    stateDir: file.stateDir ?? config.stateDir,
    host: file.host ?? config.host,
    git: { ...config.git, ...file.git },
    ecr: { ...config.ecr, ...file.ecr },
    argocd: { ...config.argocd, ...file.argocd },
    imageUpdater: {
      ...imageUpdater,
      ...file.imageUpdater,
      kubernetes: {
        ...imageUpdater.kubernetes,
        ...file.imageUpdater?.kubernetes,
      },
    },
  };
}

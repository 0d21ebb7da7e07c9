import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { freePorts } from '@landfall/testing-kit';
import { parse } from 'yaml';
import { z } from 'zod';
import { mergePatch } from '../argocd/json';
import { sandboxConfigSchema, type SandboxConfig } from '../config';
import { PORTS, defaultConfig } from '../defaults';
import { PART_NAMES, type PartName } from '../part';
import { Failure } from './Failure';

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
  const free = options.pickPorts ? await freePorts(PART_NAMES.length) : [];
  const ports = Object.fromEntries(
    PART_NAMES.map((part, at) => [part, portOf(env, part) || (free[at] ?? 0)]),
  );
  const stateDir = options.stateDir ?? env.SANDBOX_STATE_DIR;
  const config = defaultConfig({
    host: env.SANDBOX_HOST || undefined,
    stateDir: stateDir ? resolve(stateDir) : undefined,
    portalUrl: env.SANDBOX_PORTAL_URL || undefined,
    ports,
  });
  return file === undefined ? config : withFile(config, file);
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

/**
 * A configuration with the values of a file: any part of a `SandboxConfig`.
 * Objects are merged. Everything else, including lists, is replaced.
 */
function withFile(config: SandboxConfig, file: string): SandboxConfig {
  const path = resolve(file);
  let content: unknown;
  try {
    content = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Failure(`The configuration file ${path} can't be read: ${error}`);
  }
  const merged = mergePatch(config, content ?? {});
  const parsed = sandboxConfigSchema.safeParse(merged);
  if (!parsed.success) {
    throw new Failure(
      `${path} can't be used:\n${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data;
}

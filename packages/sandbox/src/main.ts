import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ArgoCd } from './argocd';
import { Failure } from './cli/Failure';
import { StateLock } from './cli/StateLock';
import type { SandboxConfig } from './config';
import { PORTS } from './defaults';
import { EcrRegistry } from './ecr';
import { GitHost } from './git';
import {
  PART_NAMES,
  type PartLogger,
  type PartName,
  type SandboxPart,
} from './part';
import { ImageUpdater } from './updater';
import { codeOf } from './errors';

/** A started sandbox. */
export interface RunningSandbox {
  /** URLs of the running parts. */
  urls: Partial<Record<PartName, string>>;
  /** Stops the parts in reverse start order, and releases the state folder. */
  stop(): Promise<void>;
}

/**
 * Starts the parts of a sandbox, one after another.
 *
 * @param options - `parts`: the parts to run; all by default
 * @throws Failure if the state folder is in use or a port is taken; no part
 * runs then
 */
export async function startSandbox(options: {
  config: SandboxConfig;
  parts?: readonly PartName[];
  loggerFor: (part: PartName) => PartLogger;
}): Promise<RunningSandbox> {
  const { config, loggerFor, parts = PART_NAMES } = options;
  mkdirSync(config.stateDir, { recursive: true });
  const lock = await StateLock.acquire(config.stateDir);
  const running: SandboxPart[] = [];
  const stop = async () => {
    for (const part of running.reverse()) {
      await part.stop();
    }
    await lock.release();
  };
  try {
    for (const name of PART_NAMES.filter(part => parts.includes(part))) {
      const part = createPart(name, config, loggerFor(name));
      await start(part, config);
      running.push(part);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    urls: Object.fromEntries(running.map(({ name, url }) => [name, url])),
    stop,
  };
}

function createPart(
  name: PartName,
  config: SandboxConfig,
  logger: PartLogger,
): SandboxPart {
  const { host, stateDir } = config;
  switch (name) {
    case 'git':
      return GitHost.create({
        config: config.git,
        host,
        stateDir: join(stateDir, 'git'),
        logger,
      });
    case 'ecr':
      return EcrRegistry.create({ config: config.ecr, host, stateDir, logger });
    case 'argocd':
      return ArgoCd.create({ config: config.argocd, host, stateDir, logger });
    default:
      return ImageUpdater.create({
        config: config.imageUpdater,
        host,
        stateDir,
        logger,
      });
  }
}

async function start(part: SandboxPart, config: SandboxConfig): Promise<void> {
  try {
    await part.start();
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'EADDRINUSE' && code !== 'EACCES') {
      throw error;
    }
    const { variable } = PORTS[part.name];
    throw new Failure(
      `Port ${portOf(part.name, config)} (${part.name}) ${
        code === 'EACCES' ? 'may not be used' : 'is taken'
      }: end what listens there, or choose another one with ${variable}.`,
    );
  }
}

function portOf(name: PartName, config: SandboxConfig): number {
  switch (name) {
    case 'git':
      return config.git.port;
    case 'ecr':
      return config.ecr.port;
    case 'argocd':
      return config.argocd.port;
    default:
      return config.imageUpdater.port;
  }
}

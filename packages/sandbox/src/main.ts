import { join } from 'node:path';
import { startArgoCd } from './argocd';
import type { ArgoCdExtension } from './argocd/extension';
import { Failure } from './cli/Failure';
import { StateLock } from './cli/StateLock';
import { sectionOf, type SandboxConfig } from './config';
import { PORTS } from './defaults';
import { startRegistry } from './ecr';
import { codeOf } from './errors';
import { startGitHost } from './git/GitHost';
import {
  PART_NAMES,
  type PartLogger,
  type PartName,
  type RunningPart,
} from './part';
import { startImageUpdater } from './updater/startImageUpdater';

/** A started sandbox. */
export interface RunningSandbox {
  /** URLs of the running parts. */
  urls: Partial<Record<PartName, string>>;
  /** Stops the parts in reverse start order, and releases the state folder. */
  stop(): Promise<void>;
}

export interface StartSandboxOptions {
  config: SandboxConfig;
  /** The parts to run; all by default. */
  parts?: readonly PartName[];
  loggerFor: (part: PartName) => PartLogger;
  /** Adds applications of another origin to Argo CD. */
  extendArgoCd?: ArgoCdExtension;
}

/**
 * Starts the parts of a sandbox, one after another.
 *
 * @throws Failure if the state folder is in use or a port is taken; no part
 * runs then
 */
export async function startSandbox(
  options: StartSandboxOptions,
): Promise<RunningSandbox> {
  const { config, parts = PART_NAMES } = options;
  const lock = StateLock.acquire(config.stateDir);
  const running: [PartName, RunningPart][] = [];
  const stop = async () => {
    for (const [, part] of running.reverse()) {
      await part.stop();
    }
    lock.release();
  };
  try {
    for (const name of PART_NAMES.filter(part => parts.includes(part))) {
      running.push([name, await start(name, options)]);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const urls = Object.fromEntries(
    running.map(([name, { url }]) => [name, url]),
  );
  return { urls, stop };
}

async function start(
  name: PartName,
  options: StartSandboxOptions,
): Promise<RunningPart> {
  const { config } = options;
  try {
    return await startPart(name, options);
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'EADDRINUSE' && code !== 'EACCES') {
      throw error;
    }
    const { port } = sectionOf(config, name);
    throw new Failure(
      `Port ${port} (${name}) ${
        code === 'EACCES' ? 'may not be used' : 'is taken'
      }: end what listens there, or choose another one with ${
        PORTS[name].variable
      }.`,
    );
  }
}

async function startPart(
  name: PartName,
  { config, loggerFor, extendArgoCd }: StartSandboxOptions,
): Promise<RunningPart> {
  const options = {
    host: config.host,
    stateDir: join(config.stateDir, name),
    logger: loggerFor(name),
  };
  switch (name) {
    case 'git':
      return startGitHost({ ...options, config: config.git });
    case 'ecr':
      return startRegistry({ ...options, config: config.ecr });
    case 'argocd':
      return startArgoCd({ ...options, config: config.argocd }, extendArgoCd);
    default:
      return startImageUpdater({ ...options, config: config.imageUpdater });
  }
}

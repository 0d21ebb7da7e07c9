import { CREDENTIALS } from '../../defaults';
import { startSandbox } from '../../main';
import { PART_NAMES, type PartLogger, type PartName } from '../../part';
import { Failure } from '../Failure';
import type { CommandContext } from '../context';
import { loadConfig } from '../loadConfig';

/** The options of `start`. */
export interface StartOptions {
  without?: string;
  stateDir?: string;
  config?: string;
}

const SIGN_IN: Record<PartName, string> = {
  git: `user ${CREDENTIALS.git.username}, password ${CREDENTIALS.git.password}`,
  ecr: `account ${CREDENTIALS.aws.accountId}, ${CREDENTIALS.aws.region}, access key ${CREDENTIALS.aws.accessKeyId}`,
  argocd: `user admin, password ${CREDENTIALS.argocd.admin.password}; token of backstage ${CREDENTIALS.argocd.backstage.token}`,
  'image-updater': '',
};

/** Runs the sandbox until it is stopped. */
export async function start(
  options: StartOptions,
  { out, err, env, ready, extendArgoCd }: CommandContext,
): Promise<void> {
  const parts = partsWithout(options.without);
  const config = await loadConfig({
    env,
    file: options.config,
    stateDir: options.stateDir,
    pickPorts: true,
  });
  const loggerFor = (part: PartName): PartLogger => {
    const line = (message: string) => `[${part}] ${message}`;
    return {
      info: message => out(line(message)),
      warn: message => err(line(message)),
      error: message => err(line(message)),
    };
  };
  const ended = endSignal();
  const sandbox = await startSandbox({
    config,
    parts,
    loggerFor,
    extendArgoCd,
  });
  out('');
  for (const part of parts) {
    const url = sandbox.urls[part] ?? '';
    out(`  ${part.padEnd(14)} ${url.padEnd(24)} ${SIGN_IN[part]}`.trimEnd());
  }
  out(`  state in ${config.stateDir}\n`);
  ready?.({ type: 'ready', urls: sandbox.urls });
  await ended;
  out('Ending …');
  await sandbox.stop();
}

/**
 * The parts to run, in their start order.
 *
 * @param list - names of parts to leave out, with commas between
 * @throws Failure for an unknown part, or if none is left
 */
export function partsWithout(list = ''): PartName[] {
  const left = list
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '')
    .map(partName);
  const parts = PART_NAMES.filter(part => !left.includes(part));
  if (parts.length === 0) {
    throw new Failure('No part is left to start.');
  }
  return parts;
}

/** @throws Failure for an unknown part */
export function partName(text: string): PartName {
  const part = PART_NAMES.find(name => name === text);
  if (!part) {
    throw new Failure(
      `There is no part "${text}"; the parts are ${PART_NAMES.join(', ')}.`,
    );
  }
  return part;
}

/**
 * A signal reaches the whole process group, and its leader forwards it, so each
 * one arrives twice.
 */
const SAME_SIGNAL_MS = 1000;

/**
 * Resolves when the process receives a termination signal or its parent is
 * gone. A second signal ends the process at once, which the state on disk
 * survives too.
 */
function endSignal(): Promise<void> {
  return new Promise(resolve => {
    let first: number | undefined;
    const onSignal = () => {
      first ??= Date.now();
      if (Date.now() - first > SAME_SIGNAL_MS) {
        process.exit(130);
      }
      resolve();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    process.once('disconnect', () => resolve());
  });
}

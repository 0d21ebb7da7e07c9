import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { ImageUpdaterConfig } from '../config';
import { messageOf } from '../errors';
import { sendJson } from '../http/messages';
import { listen } from '../http/server';
import type { PartOptions, RunningPart } from '../part';
import { Cycle } from './Cycle';
import { GitWriteBack } from './git/GitWriteBack';
import { KubernetesClient } from './kubernetes/KubernetesClient';
import { readerFor } from './registry/RegistryReader';

export interface RunningUpdater extends RunningPart {
  /** Runs a cycle after any that are already running. */
  runCycle(): Promise<void>;
}

/**
 * Starts the replacement for Argo CD Image Updater 1.3: periodically checks for
 * newer images of Applications, and writes them back. It stores nothing:
 * everything it needs is in Kubernetes, the registry and Git.
 */
export async function startImageUpdater({
  config,
  host,
  stateDir,
  logger,
}: PartOptions<ImageUpdaterConfig>): Promise<RunningUpdater> {
  const { port, publicUrl, kubernetes, registries, repositories } = config;
  const clones = join(stateDir, 'clones');
  // A killed process leaves its clones behind.
  await rm(clones, { recursive: true, force: true });
  const cycle = new Cycle({
    namespace: kubernetes.namespace,
    kubernetes: new KubernetesClient(kubernetes),
    readerFor: image => readerFor(image, registries),
    git: new GitWriteBack({ folder: clones, repositories }),
    logger,
  });
  const limit = pLimit(1);
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const runCycle = () =>
    limit(async () => {
      try {
        await (stopped ? undefined : cycle.run());
      } catch (error) {
        logger.warn(`cycle failed: ${messageOf(error)}`);
      }
    });
  const loop = async () => {
    await runCycle();
    timer = stopped
      ? undefined
      : setTimeout(loop, config.intervalSeconds * 1000);
  };
  const server = await listen({
    host,
    port,
    publicUrl,
    logger,
    answer: (_req, res) => sendJson(res, {}),
  });
  loop();
  return {
    url: server.url,
    runCycle,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await server.close();
      await limit(() => {});
    },
  };
}

import type { RequestListener } from 'node:http';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageUpdaterConfig } from '../config';
import { HttpPart } from '../http/HttpPart';
import type { PartLogger, SandboxPart } from '../part';
import { Cycle, type UpdaterReport } from './Cycle';
import { messageOf } from '../errors';
import { GitWriteBack } from './git/GitWriteBack';
import { KubernetesClient } from './kubernetes/KubernetesClient';
import { Registries } from './registry/Registries';

export interface ImageUpdaterOptions {
  config: ImageUpdaterConfig;
  host: string;
  /**
   * The sandbox's state folder. The updater uses the subfolder `image-updater`.
   */
  stateDir: string;
  logger: PartLogger;
}

/** What `GET /` reports about the last cycle. */
interface LastCycle {
  startedAt: Date;
  /** Why it ended early. */
  error?: string;
  reports: UpdaterReport[];
}

/**
 * The replacement for Argo CD Image Updater 1.3: periodically checks for newer
 * images of Applications, and writes them back. It stores nothing: everything
 * it needs is in Kubernetes, the registry and Git.
 */
export class ImageUpdater implements SandboxPart {
  readonly name = 'image-updater';
  readonly #options: ImageUpdaterOptions;
  readonly #cycle: Cycle;
  readonly #clones: string;
  #server?: HttpPart;
  #url?: string;
  #timer?: NodeJS.Timeout;
  #last?: LastCycle;
  #running: Promise<void> = Promise.resolve();
  #stopped = true;

  static create(options: ImageUpdaterOptions): ImageUpdater {
    return new ImageUpdater(options);
  }

  private constructor(options: ImageUpdaterOptions) {
    const { config, stateDir, logger } = options;
    this.#options = options;
    this.#clones = join(stateDir, 'image-updater', 'clones');
    const kubernetes = new KubernetesClient(config.kubernetes);
    this.#cycle = new Cycle({
      namespace: config.kubernetes.namespace,
      kubernetes,
      registries: new Registries(config.registries),
      git: new GitWriteBack({
        folder: this.#clones,
        repositories: config.repositories,
      }),
      logger,
    });
  }

  get url(): string | undefined {
    return this.#url;
  }

  async start(): Promise<void> {
    const { config, host } = this.#options;
    // A killed process leaves its clones behind.
    await rm(this.#clones, { recursive: true, force: true });
    this.#server = new HttpPart(this.#report);
    const port = await this.#server.listen(host, config.port);
    this.#url = config.publicUrl ?? `http://${host}:${port}`;
    this.#stopped = false;
    this.#loop();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#server?.close();
    this.#server = undefined;
    await this.#running;
  }

  /** Runs a cycle after any that are already running. */
  runCycle(): Promise<void> {
    this.#running = this.#running.then(async () => {
      if (!this.#stopped) {
        await this.#run();
      }
    });
    return this.#running;
  }

  async #loop(): Promise<void> {
    await this.runCycle();
    if (!this.#stopped) {
      this.#timer = setTimeout(
        () => this.#loop(),
        this.#options.config.intervalSeconds * 1000,
      );
    }
  }

  async #run(): Promise<void> {
    const last: LastCycle = { startedAt: new Date(), reports: [] };
    try {
      last.reports = await this.#cycle.run();
    } catch (error) {
      last.error = messageOf(error);
      this.#options.logger.warn(`cycle failed: ${last.error}`);
    }
    this.#last = last;
  }

  readonly #report: RequestListener = (_req, res) => {
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end(`${JSON.stringify({ lastCycle: this.#last })}\n`);
  };
}

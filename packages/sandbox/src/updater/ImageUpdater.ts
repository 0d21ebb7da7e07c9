import express, { type Express } from 'express';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PushedRepository } from '@landfall/backstage-plugin-delivery-common';
import type { ImageUpdaterConfig } from '../config';
import { HttpPart } from '../http/HttpPart';
import type { PartLogger, SandboxPart } from '../part';
import { Cycle } from './Cycle';
import { messageOf } from './errors';
import { GitWriteBack } from './git/GitWriteBack';
import { KubernetesClient } from './kubernetes/KubernetesClient';
import { Registries } from './registry/Registries';
import { Metrics } from './web/metrics';
import { type LastCycle, renderPage } from './web/page';
import { readWebhook } from './web/webhook';

/** What an Image Updater is made of. */
export interface ImageUpdaterOptions {
  config: ImageUpdaterConfig;
  host: string;
  /** The sandbox's folder of all state; the updater's lies in `image-updater` below. */
  stateDir: string;
  logger: PartLogger;
}

/**
 * The stand-in for Argo CD Image Updater 1.3: looks at intervals, and when its
 * webhook is called, for newer images of Applications, and writes them back.
 * It keeps nothing: what it knows, Kubernetes, the registry and Git say.
 */
export class ImageUpdater implements SandboxPart {
  readonly name = 'image-updater';
  readonly #options: ImageUpdaterOptions;
  readonly #cycle: Cycle;
  readonly #metrics = new Metrics();
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
        kubernetes,
      }),
      logger,
    });
  }

  get url(): string | undefined {
    return this.#url;
  }

  async start(): Promise<void> {
    const { config, host } = this.#options;
    // A process that was killed leaves its clones behind.
    await rm(this.#clones, { recursive: true, force: true });
    this.#server = new HttpPart(this.#routes());
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

  /**
   * Runs a cycle, after those that run already.
   *
   * @param pushed - only for images of this repository
   */
  runCycle(pushed?: PushedRepository): Promise<void> {
    this.#running = this.#running.then(async () => {
      if (!this.#stopped) {
        await this.#run(pushed);
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

  async #run(pushed?: PushedRepository): Promise<void> {
    const last: LastCycle = { startedAt: new Date(), reports: [] };
    try {
      last.reports = await this.#cycle.run(pushed);
      last.reports.forEach(report => this.#metrics.record(report));
    } catch (error) {
      last.error = messageOf(error);
      this.#options.logger.warn(`cycle failed: ${last.error}`);
    }
    this.#last = last;
  }

  #routes(): Express {
    const app = express();
    app.disable('x-powered-by');
    app.get('/', (_req, res) => {
      res.type('html').send(
        renderPage({
          last: this.#last,
          intervalSeconds: this.#options.config.intervalSeconds,
        }),
      );
    });
    app.get('/healthz', (_req, res) => {
      res.type('text').send('OK');
    });
    app.get('/metrics', (_req, res) => {
      res.type('text').send(this.#metrics.render());
    });
    app.all(
      '/webhook',
      express.text({ type: () => true, limit: '2mb' }),
      (req, res) => {
        const plain = (status: number, body: string) =>
          res.status(status).type('text').send(body);
        let pushed: PushedRepository;
        try {
          pushed = readWebhook(
            {
              method: req.method,
              query: new URL(req.originalUrl, 'http://updater').searchParams,
              headers: {
                contentType: req.get('content-type') ?? '',
                secret: req.get('x-webhook-secret') ?? '',
              },
              body: typeof req.body === 'string' ? req.body : '',
            },
            this.#options.config.webhookSecret ?? '',
          );
        } catch (error) {
          plain(400, `${messageOf(error)}\n`);
          return;
        }
        this.runCycle(pushed);
        plain(200, 'Webhook received and processing');
      },
    );
    return app;
  }
}

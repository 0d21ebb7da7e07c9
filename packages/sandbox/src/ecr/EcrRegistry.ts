import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { FirstImageCi } from '../ci/FirstImageCi';
import type { EcrConfig } from '../config';
import { HttpPart } from '../http/HttpPart';
import type { PartLogger, SandboxPart } from '../part';
import { JsonApi } from './api/JsonApi';
import { Controls } from './controls/Controls';
import { EventOutbox } from './events/EventOutbox';
import { ImageScanner } from './ImageScanner';
import { LAYERS_PATH, LayerLinks } from './LayerLinks';
import { OciApi } from './oci/OciApi';
import { Registry } from './Registry';
import { Signer } from './Signer';

export interface EcrRegistryOptions {
  config: EcrConfig;
  host: string;
  /** The sandbox's state folder. The registry uses the subfolder `ecr`. */
  stateDir: string;
  logger: PartLogger;
}

/** A running registry: everything that `start` creates and `stop` ends. */
interface Running {
  http: HttpPart;
  outbox: EventOutbox;
  ci?: FirstImageCi;
}

/**
 * The replacement for Amazon ECR: its JSON API, the OCI distribution API on the
 * same port, events as EventBridge sends them, and the sandbox's own controls.
 */
export class EcrRegistry implements SandboxPart {
  readonly name = 'ecr';
  #url?: string;
  #running?: Running;

  private constructor(private readonly options: EcrRegistryOptions) {}

  static create(options: EcrRegistryOptions): EcrRegistry {
    return new EcrRegistry(options);
  }

  get url(): string | undefined {
    return this.#url;
  }

  async start(): Promise<void> {
    const { config, host, logger } = this.options;
    const stateDir = join(this.options.stateDir, 'ecr');
    const signer = Signer.load(stateDir);
    const identity = () => ({
      accountId: config.accountId,
      region: config.region,
      url: this.#url ?? '',
    });
    const outbox = new EventOutbox({ destination: config.events, logger });
    const scanner = new ImageScanner({ outbox, identity });
    const registry = new Registry({
      folder: join(stateDir, 'repositories'),
      outbox,
      scanner,
      identity,
    });
    const layers = new LayerLinks(registry, signer);
    const { accessKeyIds } = config;
    const context = { registry, scanner, signer, layers };
    const json = new JsonApi({ ...context, accessKeyIds, logger });
    const oci = new OciApi({ registry, signer, logger });
    const controls = new Controls(registry, outbox.faults);
    const http = new HttpPart((req, res) => {
      route(req, { json, oci, layers, controls })
        .handle(req, res)
        .catch(error => {
          logger.error(`${req.method} ${req.url}: ${error}`);
          res.destroy();
        });
    });
    const port = await http.listen(host, config.port);
    this.#url = (config.publicUrl ?? `http://${host}:${port}`).replace(
      /\/+$/,
      '',
    );
    const ci = config.ci && this.#startCi(config.ci, this.#url);
    this.#running = { http, outbox, ci };
    logger.info(`answers at ${this.#url}`);
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.ci?.stop();
    await running?.http.close();
    await running?.outbox.stop();
  }

  #startCi(
    ci: NonNullable<EcrConfig['ci']>,
    registryUrl: string,
  ): FirstImageCi {
    const { accessKeyIds, region } = this.options.config;
    const runner = FirstImageCi.create({
      config: ci,
      registry: {
        url: registryUrl,
        credentials: { accessKeyId: accessKeyIds[0] ?? '', region },
      },
      logger: this.options.logger,
    });
    runner.start();
    return runner;
  }
}

interface Handler {
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
}

function route(
  req: IncomingMessage,
  apis: Record<'json' | 'oci' | 'layers' | 'controls', Handler>,
): Handler {
  const [path] = (req.url ?? '/').split('?');
  if (path === '/v2' || path.startsWith('/v2/')) {
    return apis.oci;
  }
  if (path === LAYERS_PATH) {
    return apis.layers;
  }
  return path === '/' && req.method === 'POST' ? apis.json : apis.controls;
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { ArgoCdConfig } from '../config';
import { HttpPart } from '../http/HttpPart';
import type { PartLogger, SandboxPart } from '../part';
import { Access } from './api/Access';
import { applicationReads } from './api/applicationReads';
import { applicationWrites } from './api/applicationWrites';
import type { ApiContext } from './api/context';
import { Controls } from './api/controls';
import { sendText } from './api/http';
import { operations } from './api/operations';
import { projects } from './api/projects';
import { resources } from './api/resources';
import { revisions } from './api/revisions';
import { Router } from './api/Router';
import { session } from './api/session';
import { Cluster } from './cluster/Cluster';
import { Registries } from './cluster/Registries';
import { Fleet } from './fleet/Fleet';
import { GitRepositories } from './git/GitRepositories';
import { KubernetesApi } from './k8s/KubernetesApi';
import { Policy } from './rbac/Policy';
import { Sessions } from './rbac/Sessions';
import { Controller } from './reconcile/Controller';
import { EventRecorder } from './reconcile/EventRecorder';
import { TargetLoader } from './reconcile/target';
import { Renderer } from './render';
import { seed } from './seed';
import { Store } from './store/Store';

interface Options {
  config: ArgoCdConfig;
  host: string;
  stateDir: string;
  logger: PartLogger;
}

/**
 * A stand-in for Argo CD 3.5: its REST and streaming API, a controller that
 * follows Git and syncs into a small model of a cluster, and the small part of
 * the Kubernetes API that the Image Updater needs.
 */
export class ArgoCd implements SandboxPart {
  readonly name = 'argocd';
  #running: { http: HttpPart; context: ApiContext } | undefined;
  #port = 0;

  private constructor(private readonly options: Options) {}

  static create(options: Options): ArgoCd {
    return new ArgoCd(options);
  }

  get url(): string {
    const { config, host } = this.options;
    return config.publicUrl ?? `http://${host}:${this.#port || config.port}`;
  }

  async start(): Promise<void> {
    if (this.#running) {
      return;
    }
    const { config, host, logger } = this.options;
    const context = this.#context();
    const { store, fleet, cluster, controller } = context;
    const http = new HttpPart(this.#listener(context));
    seed(store, config.seedManifests, logger);
    this.#port = await http.listen(host, config.port);
    this.#running = { http, context };
    fleet.start();
    cluster.start();
    controller.start();
  }

  #context(): ApiContext {
    const { config, stateDir, logger } = this.options;
    const folder = join(stateDir, 'argocd');
    const store = new Store(folder, config.namespace);
    store.open();
    const rolloutMs = config.rolloutSeconds * 1000;
    const deadlineMs = config.progressDeadlineSeconds * 1000;
    const terminationMs = Math.min(1000, rolloutMs);
    const recheckMs = Math.min(5000, deadlineMs / 3);
    const cluster = new Cluster(
      store,
      new Registries(config.registries, recheckMs),
      { rolloutMs, deadlineMs, terminationMs },
    );
    const pollMs = config.pollSeconds * 1000;
    const git = new GitRepositories(
      join(folder, 'repositories'),
      config.repositories,
      pollMs,
    );
    const loader = new TargetLoader(store, git, new Renderer());
    const events = new EventRecorder(store);
    const base = { store, cluster, git, loader, events };
    return {
      ...base,
      config,
      controller: new Controller({ ...base, pollMs, terminationMs, logger }),
      fleet: new Fleet(store),
      sessions: new Sessions(store, config.accounts),
      access: new Access(new Policy(config.policy), store),
    };
  }

  #listener(context: ApiContext) {
    const { logger } = this.options;
    const router = new Router(
      [
        ...session(context),
        ...applicationReads(context),
        ...applicationWrites(context),
        ...operations(context),
        ...revisions(context),
        ...resources(context),
        ...projects(context),
      ],
      context.sessions,
      logger,
      () => context.store.journal.flush(),
    );
    const kubernetes = new KubernetesApi(context);
    const controls = new Controls(context);
    const answer = async (req: IncomingMessage, res: ServerResponse) => {
      const path = (req.url ?? '/').split('?')[0];
      if (Controls.serves(path)) {
        await controls.handle(req, res);
      } else if (KubernetesApi.serves(path)) {
        await kubernetes.handle(req, res);
      } else if (path === '/' || path.startsWith('/applications')) {
        // The portal links to Argo CD's pages.
        sendText(res, 200, `Argo CD (sandbox): ${path}\n`);
      } else {
        await router.handle(req, res);
      }
    };
    return (req: IncomingMessage, res: ServerResponse) => {
      answer(req, res).catch(error => {
        logger.error(`argocd: ${error}`);
        res.destroy();
      });
    };
  }

  async stop(): Promise<void> {
    const running = this.#running;
    if (running) {
      const { fleet, controller, cluster, store } = running.context;
      this.#running = undefined;
      fleet.stop();
      controller.stop();
      cluster.stop();
      await running.http.close();
      store.journal.close();
    }
  }
}

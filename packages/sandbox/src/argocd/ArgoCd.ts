import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { ArgoCdConfig } from '../config';
import { HttpPart } from '../http/HttpPart';
import type { PartLogger, SandboxPart } from '../part';
import { Access } from './api/Access';
import { actions } from './api/actions';
import { applicationReads } from './api/applicationReads';
import { applicationWrites } from './api/applicationWrites';
import type { ApiContext } from './api/context';
import { Controls } from './api/controls';
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
import { ApplicationPages } from './pages/applicationPages';
import { Policy } from './rbac/Policy';
import { Sessions } from './rbac/Sessions';
import { Controller } from './reconcile/Controller';
import { EventRecorder } from './reconcile/EventRecorder';
import { TargetLoader } from './reconcile/target';
import { Renderer } from './render';
import { seed } from './seed';
import { Store } from './store/Store';

interface Running {
  http: HttpPart;
  store: Store;
  cluster: Cluster;
  controller: Controller;
  fleet: Fleet;
}

/**
 * A stand-in for Argo CD 3.5: its REST and streaming API, a controller that
 * follows Git and syncs into a small model of a cluster, and the small part of
 * the Kubernetes API that the Image Updater needs.
 */
export class ArgoCd implements SandboxPart {
  readonly name = 'argocd';
  readonly #config: ArgoCdConfig;
  readonly #host: string;
  readonly #folder: string;
  readonly #logger: PartLogger;
  #running: Running | undefined;
  #port = 0;

  private constructor(
    config: ArgoCdConfig,
    host: string,
    folder: string,
    logger: PartLogger,
  ) {
    this.#config = config;
    this.#host = host;
    this.#folder = folder;
    this.#logger = logger;
  }

  static create(options: {
    config: ArgoCdConfig;
    host: string;
    stateDir: string;
    logger: PartLogger;
  }): ArgoCd {
    const { config, host, stateDir, logger } = options;
    return new ArgoCd(config, host, join(stateDir, 'argocd'), logger);
  }

  get url(): string {
    return (
      this.#config.publicUrl ??
      `http://${this.#host}:${this.#port || this.#config.port}`
    );
  }

  async start(): Promise<void> {
    if (this.#running) {
      return;
    }
    const config = this.#config;
    const now = () => Date.now();
    const store = new Store(this.#folder, now);
    store.open();
    const rolloutMs = config.rolloutSeconds * 1000;
    const deadlineMs = config.progressDeadlineSeconds * 1000;
    const registries = new Registries(
      config.registries,
      Math.min(5000, deadlineMs / 3),
    );
    const times = {
      rolloutMs,
      deadlineMs,
      terminationMs: Math.min(1000, rolloutMs),
    };
    const cluster = new Cluster(store, registries, times, now);
    const pollMs = config.pollSeconds * 1000;
    const git = new GitRepositories(
      join(this.#folder, 'repositories'),
      config.repositories,
      pollMs,
    );
    const loader = new TargetLoader(git, new Renderer(), config.namespace);
    const events = new EventRecorder(store, now);
    const controller = new Controller({
      store,
      cluster,
      git,
      loader,
      events,
      controllerNamespace: config.namespace,
      pollMs,
      terminationMs: times.terminationMs,
      now,
      logger: this.#logger,
    });
    const fleet = new Fleet({
      store,
      controllerNamespace: config.namespace,
      now,
    });
    const sessions = new Sessions(store, config.accounts, now);
    const access = new Access(
      new Policy(config.policy, () => store.projects.values()),
      store,
      config.namespace,
    );
    const context: ApiContext = {
      config,
      store,
      access,
      sessions,
      controller,
      cluster,
      git,
      loader,
      events,
      fleet,
      now,
      url: () => this.url,
    };
    const http = new HttpPart(this.#listener(context));
    seed(store, config.seedManifests, config.namespace, now(), this.#logger);
    this.#port = await http.listen(this.#host, config.port);
    this.#running = { http, store, cluster, controller, fleet };
    fleet.start();
    cluster.start();
    controller.start();
  }

  #listener(context: ApiContext) {
    const { store, cluster, fleet, config, now } = context;
    const router = new Router(
      [
        ...session(context),
        ...applicationReads(context),
        ...applicationWrites(context),
        ...operations(context),
        ...revisions(context),
        ...resources(context),
        ...actions(context),
        ...projects(context),
      ],
      context.sessions,
      this.#logger,
      () => store.journal.flush(),
    );
    const kubernetes = new KubernetesApi({
      ...context,
      live: context.controller.live,
    });
    const pages = new ApplicationPages(store, config.namespace);
    const controls = new Controls({
      store,
      cluster,
      fleet,
      controllerNamespace: config.namespace,
      now,
    });
    return (req: IncomingMessage, res: ServerResponse) => {
      const path = (req.url ?? '/').split('?')[0];
      const answer = async () => {
        if (Controls.serves(path)) {
          await controls.handle(req, res);
        } else if (KubernetesApi.serves(path)) {
          await kubernetes.handle(req, res);
        } else if (ApplicationPages.serves(path)) {
          pages.handle(req, res);
        } else {
          await router.handle(req, res);
        }
      };
      answer().catch(error => {
        this.#logger.error(`argocd: ${error}`);
        res.destroy();
      });
    };
  }

  async stop(): Promise<void> {
    const running = this.#running;
    if (!running) {
      return;
    }
    this.#running = undefined;
    running.fleet.stop();
    running.controller.stop();
    running.cluster.stop();
    await running.http.close();
    running.store.journal.close();
  }
}

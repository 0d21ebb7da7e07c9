import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { ArgoCdConfig } from '../config';
import { sendText } from '../http/messages';
import { listen } from '../http/server';
import type { PartLogger, PartOptions, RunningPart } from '../part';
import { Access } from './api/Access';
import { applicationReads } from './api/applicationReads';
import { applicationWrites } from './api/applicationWrites';
import type { ApiContext } from './api/context';
import { controlsOf } from './api/controls';
import { operations } from './api/operations';
import { projects } from './api/projects';
import { resourceActions } from './api/resourceActions';
import { resources } from './api/resources';
import { revisions } from './api/revisions';
import { Router } from './api/Router';
import { session } from './api/session';
import { Cluster } from './cluster/Cluster';
import { Registries } from './cluster/Registries';
import type { ArgoCdExtension } from './extension';
import { GitRepositories } from './git/GitRepositories';
import { KubernetesApi } from './k8s/KubernetesApi';
import { Policy } from './rbac/Policy';
import { Sessions } from './rbac/Sessions';
import { Controller } from './reconcile/Controller';
import { EventRecorder } from './reconcile/EventRecorder';
import { TargetLoader } from './reconcile/target';
import { seed } from './seed';
import { Store } from './store/Store';

type Options = PartOptions<ArgoCdConfig>;

/**
 * Starts a stand-in for Argo CD 3.5: its REST and streaming API, a controller
 * that follows Git and syncs into a small model of a cluster, and the small part
 * of the Kubernetes API that the Image Updater needs.
 */
export async function startArgoCd(
  options: Options,
  extend?: ArgoCdExtension,
): Promise<RunningPart> {
  const { config, host, logger } = options;
  const { port, publicUrl, seedManifests } = config;
  const context = contextOf(options, extend);
  const { store, extension, cluster, controller } = context;
  seed(store, seedManifests, logger);
  const server = await listen({
    host,
    port,
    publicUrl,
    logger,
    controls: controlsOf(context),
    answer: answerOf(context, logger),
  });
  cluster.start();
  controller.start();
  return {
    url: server.url,
    stop: async () => {
      extension?.stop();
      controller.stop();
      cluster.stop();
      await server.close();
      store.file.close();
    },
  };
}

function contextOf(
  { config, stateDir, logger }: Options,
  extend: ArgoCdExtension | undefined,
): ApiContext {
  const store = new Store(stateDir, config.namespace);
  const pollMs = config.pollSeconds * 1000;
  const rolloutMs = config.rolloutSeconds * 1000;
  const deadlineMs = config.progressDeadlineSeconds * 1000;
  const terminationMs = Math.min(1000, rolloutMs);
  const recheckMs = Math.min(5000, deadlineMs / 3);
  const cluster = new Cluster(
    store,
    new Registries(config.registries, recheckMs),
    { rolloutMs, deadlineMs, terminationMs },
  );
  const mirrors = join(stateDir, 'repositories');
  const git = new GitRepositories(mirrors, config.repositories);
  const loader = new TargetLoader(store, git);
  const events = new EventRecorder(store);
  const base = { store, cluster, git, loader, events };
  return {
    ...base,
    controller: new Controller({ ...base, pollMs, terminationMs, logger }),
    sessions: new Sessions(store, config.accounts),
    access: new Access(new Policy(config.policy), store),
    extension: extend?.(store),
  };
}

function answerOf(context: ApiContext, logger: PartLogger) {
  const router = new Router(
    {
      ...session(context),
      ...applicationReads(context),
      ...applicationWrites(context),
      ...operations(context),
      ...revisions(context),
      ...resources(context),
      ...resourceActions(context),
      ...projects(context),
    },
    context.sessions,
    logger,
  );
  const kubernetes = new KubernetesApi(context);
  return async (req: IncomingMessage, res: ServerResponse) => {
    const path = (req.url ?? '/').split('?')[0];
    if (KubernetesApi.serves(path)) {
      await kubernetes.handle(req, res);
    } else if (path === '/' || path.startsWith('/applications')) {
      // The portal links to Argo CD's pages.
      sendText(res, 200, `Argo CD (sandbox): ${path}\n`);
    } else {
      await router.handle(req, res);
    }
  };
}

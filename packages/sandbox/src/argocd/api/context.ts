import type { ArgoCdConfig } from '../../config';
import type { Cluster } from '../cluster/Cluster';
import type { Fleet } from '../fleet/Fleet';
import type { GitRepositories } from '../git/GitRepositories';
import type { Controller } from '../reconcile/Controller';
import type { EventRecorder } from '../reconcile/EventRecorder';
import type { TargetLoader } from '../reconcile/target';
import type { Sessions } from '../rbac/Sessions';
import type { Store } from '../store/Store';
import type { Application } from '../types';
import { applicationKey } from '../store/ApplicationStore';
import { instanceName } from '../manifest';
import type { Access, ApplicationQuery } from './Access';
import type { Call } from './http';

/** The dependencies of the routes. */
export interface ApiContext {
  config: ArgoCdConfig;
  store: Store;
  access: Access;
  sessions: Sessions;
  controller: Controller;
  cluster: Cluster;
  git: GitRepositories;
  loader: TargetLoader;
  events: EventRecorder;
  fleet: Fleet;
  now: () => number;
  /** The URL at which clients reach this Argo CD. */
  url: () => string;
}

/**
 * The application that a request with `{name}` as its first parameter refers
 * to.
 */
export function applicationQuery({ params, query }: Call): ApplicationQuery {
  return {
    name: params[0],
    namespace: query.get('appNamespace') ?? undefined,
    project: query.get('project') ?? undefined,
  };
}

export function keyOf(app: Application): string {
  return applicationKey(app.metadata.namespace, app.metadata.name);
}

export function instanceOf(context: ApiContext, app: Application): string {
  const { namespace, name } = app.metadata;
  return instanceName(namespace, name, context.config.namespace);
}

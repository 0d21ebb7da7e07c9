import type { ArgoCdConfig } from '../../config';
import type { Cluster } from '../cluster/Cluster';
import type { ArgoCdExtension } from '../extension';
import type { GitRepositories } from '../git/GitRepositories';
import type { Sessions } from '../rbac/Sessions';
import type { Controller } from '../reconcile/Controller';
import type { EventRecorder } from '../reconcile/EventRecorder';
import type { TargetLoader } from '../reconcile/target';
import type { Store } from '../store/Store';
import type { Access } from './Access';

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
  extension?: ReturnType<ArgoCdExtension>;
}

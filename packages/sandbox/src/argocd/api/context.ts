import type { ArgoCdExtension } from '../extension';
import type { Sessions } from '../rbac/Sessions';
import type { ArgoCdParts, Controller } from '../reconcile/Controller';
import type { Access } from './Access';

/** The dependencies of the routes. */
export interface ApiContext extends ArgoCdParts {
  access: Access;
  sessions: Sessions;
  controller: Controller;
  extension?: ReturnType<ArgoCdExtension>;
}

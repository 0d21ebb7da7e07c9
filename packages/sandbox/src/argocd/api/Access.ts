import { ApiError } from '../errors';
import { applicationKey } from '../store/ApplicationStore';
import type { Store } from '../store/Store';
import type { Application } from '../types';
import type { Policy } from '../rbac/Policy';
import type { Principal } from '../rbac/Sessions';

export interface ApplicationQuery {
  name: string;
  namespace?: string;
  project?: string;
}

/** Checks what callers may see and do, and refuses the rest as Argo CD does. */
export class Access {
  readonly #policy: Policy;
  readonly #store: Store;
  readonly #controllerNamespace: string;

  constructor(policy: Policy, store: Store, controllerNamespace: string) {
    this.#policy = policy;
    this.#store = store;
    this.#controllerNamespace = controllerNamespace;
  }

  can(
    principal: Principal,
    resource: string,
    action: string,
    object: string,
  ): boolean {
    return this.#policy.allows(principal.subject, resource, action, object);
  }

  /**
   * Refuses with the long message, which includes permission, object and
   * caller.
   */
  enforce(
    principal: Principal,
    resource: string,
    action: string,
    object: string,
  ): void {
    if (!this.can(principal, resource, action, object)) {
      throw ApiError.forbidden(
        `permission denied: ${resource}, ${action}, ${object}, sub: ${principal.subject}, iat: ${principal.issuedAt}`,
      );
    }
  }

  /** `project/name`, or `project/namespace/name` outside of Argo CD's namespace. */
  object(project: string, namespace: string, name: string): string {
    return namespace === this.#controllerNamespace
      ? `${project}/${name}`
      : `${project}/${namespace}/${name}`;
  }

  objectOf(app: Application): string {
    const { namespace, name } = app.metadata;
    return this.object(app.spec.project, namespace, name);
  }

  canSee(principal: Principal, app: Application): boolean {
    return this.can(principal, 'applications', 'get', this.objectOf(app));
  }

  /**
   * Finds an application for a caller. Without a project in the query, a
   * missing and a forbidden application both give 403. With one, a missing
   * application and one of another project give 404.
   */
  find(
    principal: Principal,
    query: ApplicationQuery,
    action = 'get',
  ): Application {
    const namespace = query.namespace || this.#controllerNamespace;
    const { name, project } = query;
    if (
      project &&
      !this.can(
        principal,
        'applications',
        action,
        this.object(project, namespace, name),
      )
    ) {
      throw ApiError.forbidden();
    }
    const app = this.#store.applications.get(applicationKey(namespace, name));
    if (project && app?.spec.project !== project) {
      throw ApiError.notFound(
        `applications.argoproj.io ${JSON.stringify(name)} not found`,
      );
    }
    if (
      !app ||
      !this.can(principal, 'applications', action, this.objectOf(app))
    ) {
      throw ApiError.forbidden();
    }
    return app;
  }
}

import { ApiError } from '../errors';
import type { Policy } from '../rbac/Policy';
import type { Principal } from '../rbac/Sessions';
import { applicationKey } from '../store/ApplicationStore';
import type { Store } from '../store/Store';
import type { Application } from '../types';
import type { Call, Reference } from './http';

/** Checks what callers may see and do, and refuses the rest as Argo CD does. */
export class Access {
  constructor(private readonly policy: Policy, private readonly store: Store) {}

  can(
    { subject }: Principal,
    resource: string,
    action: string,
    object: string,
  ): boolean {
    return this.policy.allows(subject, resource, action, object);
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
      throw new ApiError(
        'forbidden',
        `permission denied: ${resource}, ${action}, ${object}, sub: ${principal.subject}, iat: ${principal.issuedAt}`,
      );
    }
  }

  /** `project/name`, or `project/namespace/name` outside of Argo CD's namespace. */
  object(project: string, namespace: string, name: string): string {
    return namespace === this.store.namespace
      ? `${project}/${name}`
      : `${project}/${namespace}/${name}`;
  }

  objectOf({ metadata, spec }: Application): string {
    return this.object(spec.project, metadata.namespace, metadata.name);
  }

  canSee(principal: Principal, app: Application): boolean {
    return this.can(principal, 'applications', 'get', this.objectOf(app));
  }

  /**
   * Finds the application in the path of a request. Without a project, a missing
   * and a forbidden application both give 403. With one, a missing application
   * and one of another project give 404.
   */
  find(
    { principal, params: [name], query }: Call,
    action = 'get',
    reference: Reference = {
      appNamespace: query.get('appNamespace'),
      project: query.get('project'),
    },
  ): Application {
    const { project } = reference;
    const namespace = reference.appNamespace || this.store.namespace;
    const may = (object: string) =>
      this.can(principal, 'applications', action, object);
    if (project && !may(this.object(project, namespace, name))) {
      throw new ApiError('forbidden', 'permission denied');
    }
    const app = this.store.applications.get(applicationKey(namespace, name));
    if (project && app?.spec.project !== project) {
      throw new ApiError(
        'notFound',
        `applications.argoproj.io ${JSON.stringify(name)} not found`,
      );
    }
    if (!app || !may(this.objectOf(app))) {
      throw new ApiError('forbidden', 'permission denied');
    }
    return app;
  }
}

import { z } from 'zod';
import type { ApplicationAddress } from '../types';
import { ArgoCdInvalidNameError, ArgoCdInvalidRequestError } from './errors';

const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN =
  /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
// Commit ids, tags and chart versions. No slash, and nothing that could be read
// as an option or a folder.
const REVISION = /^[A-Za-z0-9][A-Za-z0-9._+~-]*$/;

// What Argo CD accepts as the name of a role and of an account. The name of an
// account is part of a key in a ConfigMap.
const ROLE = /^[A-Za-z0-9](?:[-_A-Za-z0-9]*[A-Za-z0-9])?$/;
const ACCOUNT = /^[A-Za-z0-9][-_.A-Za-z0-9]*$/;

const MAX_LABEL = 63;
const MAX_SUBDOMAIN = 253;
const MAX_REVISION = 255;
const MAX_ACCOUNT = 253;

const KINDS = {
  application: 'An Application',
  applicationSet: 'An ApplicationSet',
  project: 'An AppProject',
};

const manifestSchema = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
});

/**
 * True for a DNS-1123 subdomain, the Kubernetes rule for most object names.
 *
 * @public
 */
export function isSubdomain(name: string): boolean {
  return name.length <= MAX_SUBDOMAIN && SUBDOMAIN.test(name);
}

/**
 * True for a DNS-1123 label, the Kubernetes rule for namespace names.
 *
 * @public
 */
export function isLabel(name: string): boolean {
  return name.length <= MAX_LABEL && LABEL.test(name);
}

/** True if it is safe as a segment of `/revisions/{revision}/metadata`. */
export function isRevision(revision: string): boolean {
  return revision.length <= MAX_REVISION && REVISION.test(revision);
}

/**
 * Rejects anything that isn't a Kubernetes name. Argo CD decodes `%2F` before
 * routing, so an encoded name could still reach another endpoint: this check
 * protects, not the encoding.
 */
export class NameCheck {
  constructor(private readonly instance: string) {}

  ref(ref: ApplicationAddress): void {
    if (ref.instance !== this.instance) {
      throw this.refuse(
        `the application ${JSON.stringify(
          ref.name,
        )} belongs to the instance ${JSON.stringify(ref.instance)}`,
      );
    }
    this.application(ref.name);
    if (ref.namespace !== undefined) {
      this.namespace(ref.namespace);
    }
  }

  application(name: string): void {
    this.check(isSubdomain(name), 'name of an application', name);
  }

  namespace(name: string): void {
    this.check(isLabel(name), 'name of a namespace', name);
  }

  project(name: string): void {
    this.check(isSubdomain(name), 'name of a project', name);
  }

  applicationSet(name: string): void {
    this.check(isSubdomain(name), 'name of an ApplicationSet', name);
  }

  revision(revision: string): void {
    this.check(isRevision(revision), 'revision', revision);
  }

  account(name: string): void {
    this.check(
      name.length <= MAX_ACCOUNT && ACCOUNT.test(name),
      'name of an account',
      name,
    );
  }

  role(name: string): void {
    this.check(
      name.length <= MAX_ACCOUNT && ROLE.test(name),
      'name of a role',
      name,
    );
  }

  /** The name and namespace in an object to create or update. */
  manifest(
    manifest: unknown,
    kind: keyof typeof KINDS = 'application',
  ): { name: string; namespace?: string } {
    const parsed = manifestSchema.safeParse(manifest);
    if (!parsed.success) {
      throw new ArgoCdInvalidRequestError(
        `${KINDS[kind]} needs a name in its metadata: ${z.prettifyError(
          parsed.error,
        )}`,
        { instance: this.instance },
      );
    }
    const { name, namespace } = parsed.data.metadata;
    this[kind](name);
    if (namespace !== undefined) {
      this.namespace(namespace);
    }
    return { name, namespace };
  }

  private check(valid: boolean, kind: string, value: string): void {
    if (!valid) {
      throw this.refuse(`${JSON.stringify(value)} can't be the ${kind}`);
    }
  }

  private refuse(why: string): ArgoCdInvalidNameError {
    return new ArgoCdInvalidNameError(
      `Argo CD '${this.instance}' was not called: ${why}`,
      { instance: this.instance },
    );
  }
}

/** API path of an application, built only from checked names. */
export function applicationPath(
  names: NameCheck,
  ref: ApplicationAddress,
  project: string | undefined,
): string {
  names.ref(ref);
  if (project !== undefined) {
    names.project(project);
  }
  return `/api/v1/applications/${encodeURIComponent(ref.name)}`;
}

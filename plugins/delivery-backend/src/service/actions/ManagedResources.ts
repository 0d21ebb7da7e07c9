import { InputError, ServiceUnavailableError } from '@backstage/errors';
import {
  type Application,
  type ApplicationActionRequest,
  describeInstanceError,
} from '@landfall/backstage-plugin-delivery-common';
import {
  ArgoCdError,
  type ArgoCdInstances,
  instanceErrorCode,
} from '@landfall/backstage-plugin-delivery-node';

const TIMEOUT_MS = 10_000;

/** The answer about an application with some thousand resources. */
const MAX_BYTES = 16 * 1024 * 1024;

interface WantedResource {
  group?: string;
  kind: string;
  namespace?: string;
  name: string;
}

/**
 * Checks that the resources that somebody wants to act on are the application's. Argo
 * CD says that it synced resources which don't exist.
 *
 * @internal
 */
export class ManagedResources {
  constructor(
    private readonly options: { argocd: Pick<ArgoCdInstances, 'get'> },
  ) {}

  /** @throws InputError if the application doesn't manage one of them */
  async check(
    request: ApplicationActionRequest,
    application: Application,
  ): Promise<void> {
    const wanted = wantedBy(request, application);
    if (wanted.length === 0) {
      return;
    }
    const managed = await this.read(application);
    const missing = wanted.find(
      one => !managed.some(other => isSame(one, other)),
    );
    if (missing) {
      throw new InputError(
        `The application manages no ${missing.kind} '${missing.name}'`,
      );
    }
  }

  private async read({ ref, project }: Application) {
    try {
      const { resources } = await this.options.argocd
        .get(ref.instance)
        .resources.syncDetails(ref, {
          project,
          timeoutMs: TIMEOUT_MS,
          maxBytes: MAX_BYTES,
        });
      return resources;
    } catch (error) {
      if (!(error instanceof ArgoCdError)) {
        throw error;
      }
      const { message } = describeInstanceError(instanceErrorCode(error), '');
      throw new ServiceUnavailableError(
        `The application's resources couldn't be read: ${message}. Nothing was done`,
      );
    }
  }
}

function wantedBy(
  request: ApplicationActionRequest,
  { destination }: Application,
): WantedResource[] {
  if (request.action === 'sync') {
    return request.resources ?? [];
  }
  return 'rollout' in request
    ? [
        {
          group: 'argoproj.io',
          kind: 'Rollout',
          namespace: destination.namespace,
          ...request.rollout,
        },
      ]
    : [];
}

function isSame(one: WantedResource, other: WantedResource): boolean {
  return (
    (one.group ?? '') === (other.group ?? '') &&
    one.kind === other.kind &&
    (one.namespace ?? '') === (other.namespace ?? '') &&
    one.name === other.name
  );
}

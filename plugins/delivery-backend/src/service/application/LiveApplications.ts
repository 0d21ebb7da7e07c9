import {
  type Application,
  type ApplicationDiff,
  type ApplicationDiffRequest,
  type ApplicationEvents,
  type ApplicationResources,
  describeInstanceError,
  type DescribedInstanceError,
} from '@landfall/backstage-plugin-delivery-common';
import {
  ArgoCdError,
  type ArgoCdResources,
  instanceErrorCode,
  type ResourceReadOptions,
  type RolloutDetails,
} from '@landfall/backstage-plugin-delivery-node';
import { BriefReads } from './BriefReads';
import { toDiff } from './toDiff';
import { toResources } from './toResources';
import { UpstreamLimits, type UpstreamLimitsOptions } from './UpstreamLimits';

/** More than anybody reads; Kubernetes keeps them for an hour. */
const MAX_EVENTS = 200;

const ROLLOUT = { group: 'argoproj.io', kind: 'Rollout' };

/**
 * An application to read from Argo CD.
 *
 * @internal
 */
export type ReadableApplication = Pick<
  Application,
  'ref' | 'project' | 'resourceVersion'
>;

type Read<T> = (
  resources: ArgoCdResources,
  options: ResourceReadOptions,
) => Promise<T>;

interface Attempt<T> {
  value?: T;
  error?: DescribedInstanceError;
}

/**
 * Reads from Argo CD, on request, what the store doesn't keep of an application.
 * Callers share reads of the same state of an application, and there are only so
 * many at a time for each instance. Errors of Argo CD are part of the results.
 *
 * @internal
 */
export class LiveApplications {
  static create(options: UpstreamLimitsOptions): LiveApplications {
    return new LiveApplications(new UpstreamLimits(options));
  }

  private readonly allResources = new BriefReads<ApplicationResources>();
  private readonly diffs = new BriefReads<ApplicationDiff | undefined>();
  private readonly allEvents = new BriefReads<ApplicationEvents | undefined>();

  private constructor(private readonly limits: UpstreamLimits) {}

  async resources(
    application: ReadableApplication,
  ): Promise<ApplicationResources> {
    const { ref } = application;
    return this.allResources.get(keyOf(application), async () => {
      const [tree, sync] = await Promise.all([
        this.attempt(application, (resources, options) =>
          resources.tree(ref, options),
        ),
        this.attempt(application, (resources, options) =>
          resources.syncDetails(ref, options),
        ),
      ]);
      const known = tree.value?.nodes ?? sync.value?.resources ?? [];
      const rollouts: Attempt<RolloutDetails[]> = known.some(isRollout)
        ? await this.attempt(application, (resources, options) =>
            resources.rollouts(ref, options),
          )
        : {};
      return {
        ...toResources({
          tree: tree.value,
          sync: sync.value,
          rollouts: rollouts.value,
        }),
        problems: [
          ...problemOf('nodes', tree),
          ...problemOf('sync', sync),
          ...problemOf('rollouts', rollouts),
        ],
      };
    });
  }

  /** Undefined if the application doesn't manage such a resource. */
  async diff(
    application: ReadableApplication,
    { group, kind, namespace, name }: ApplicationDiffRequest,
  ): Promise<ApplicationDiff | undefined> {
    const resource = { group, kind, namespace, name };
    const key = keyOf(application, [group, kind, namespace, name]);
    return this.diffs.get(key, async () => {
      const { value, error } = await this.attempt(
        application,
        (resources, options) =>
          resources.comparison(application.ref, resource, options),
      );
      if (error) {
        return { hunks: [], error };
      }
      return value && toDiff(value);
    });
  }

  /**
   * Undefined if the application has no such resource.
   *
   * @param id - of a resource, as `resources` returns it; absent: the events of the
   * Application itself
   */
  async events(
    application: ReadableApplication,
    id?: string,
  ): Promise<ApplicationEvents | undefined> {
    const { ref } = application;
    return this.allEvents.get(keyOf(application, [id]), async () => {
      const { value, error } = await this.attempt(
        application,
        async (resources, options) => {
          if (id === undefined) {
            return resources.events(ref, options);
          }
          // Argo CD needs the uid with a name, and only the tree has both.
          const { nodes } = await resources.tree(ref, options);
          const node = nodes.find(({ uid }) => uid === id);
          return (
            node &&
            resources.events(ref, {
              ...options,
              resource: { namespace: node.namespace, name: node.name, uid: id },
            })
          );
        },
      );
      if (error) {
        return { items: [], error };
      }
      return value && { items: value.slice(0, MAX_EVENTS) };
    });
  }

  private async attempt<T>(
    { ref, project }: ReadableApplication,
    read: Read<T>,
  ): Promise<Attempt<T>> {
    try {
      const value = await this.limits.run(ref.instance, (resources, limits) =>
        read(resources, { ...limits, project }),
      );
      return { value };
    } catch (error) {
      if (!(error instanceof ArgoCdError)) {
        throw error;
      }
      return {
        error: describeInstanceError(instanceErrorCode(error), error.message),
      };
    }
  }
}

/**
 * With the version of the application, so that a page that reads because of a change
 * doesn't get what was read before it.
 */
function keyOf(
  { ref, project, resourceVersion }: ReadableApplication,
  query: (string | undefined)[] = [],
): string {
  const { instance, namespace, name } = ref;
  return JSON.stringify([
    [instance, namespace, name, project, resourceVersion],
    query,
  ]);
}

function isRollout({ group, kind }: { group: string; kind: string }): boolean {
  return group === ROLLOUT.group && kind === ROLLOUT.kind;
}

function problemOf(
  part: ApplicationResources['problems'][number]['part'],
  { error }: Attempt<unknown>,
): ApplicationResources['problems'] {
  return error ? [{ part, error }] : [];
}

import type { JsonObject } from '@backstage/types';
import {
  type ArgoCdClient,
  ArgoCdForbiddenError,
} from '@landfall/backstage-plugin-delivery-node';
import { z } from 'zod';

/** What would create an Application again. */
export interface Manager {
  kind: 'Application' | 'ApplicationSet';
  name: string;
  /** Of an Application, unless it is that of Argo CD itself. */
  namespace?: string;
  /** The account may not read the manager, so it may be out of date. */
  isUncertain?: boolean;
}

const GROUP = 'argoproj.io';
const TRACKING_ID = 'argocd.argoproj.io/tracking-id';
const INSTANCE_LABEL = 'app.kubernetes.io/instance';

const managedSchema = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    labels: z.record(z.string(), z.string()).nullish(),
    annotations: z.record(z.string(), z.string()).nullish(),
    ownerReferences: z
      .array(z.object({ kind: z.string(), name: z.string() }))
      .nullish(),
  }),
});
const parentSchema = z.object({
  status: z
    .object({
      resources: z
        .array(
          z.object({
            group: z.string().nullish(),
            kind: z.string().nullish(),
            namespace: z.string().nullish(),
            name: z.string().nullish(),
            requiresPruning: z.boolean().nullish(),
          }),
        )
        .nullish(),
    })
    .nullish(),
});

type Managed = z.infer<typeof managedSchema>['metadata'];

/**
 * What manages an Application, and would create it again after a deletion: the
 * ApplicationSet that generated it, or an app of apps whose Git still has it. One
 * that Git no longer has, so that the app of apps would prune it, isn't managed.
 *
 * Rejects with the errors of `ArgoCdClient`.
 */
export async function managerOf(
  client: Pick<ArgoCdClient, 'instance' | 'getApplicationManifest'>,
  application: JsonObject,
  options: { signal?: AbortSignal } = {},
): Promise<Manager | undefined> {
  const { metadata } = managedSchema.parse(application);
  const set = metadata.ownerReferences?.find(
    ({ kind }) => kind === 'ApplicationSet',
  );
  if (set) {
    return { kind: 'ApplicationSet', name: set.name };
  }
  const parent = parentOf(metadata);
  if (!parent) {
    return undefined;
  }
  const { instance } = client;
  const manager: Manager = { kind: 'Application', ...parent };
  try {
    const found = await client.getApplicationManifest(
      { instance, ...parent },
      options,
    );
    return found && hasInGit(found, metadata) ? manager : undefined;
  } catch (error) {
    if (error instanceof ArgoCdForbiddenError) {
      // So Argo CD also answers for a parent that is gone.
      return { ...manager, isUncertain: true };
    }
    throw error;
  }
}

/**
 * The Application that tracks another one. Argo CD's default is an annotation, which
 * also names what it belongs to, as it would otherwise be copied with a manifest. The
 * label is set by other tools, too.
 */
function parentOf({
  name,
  namespace,
  labels,
  annotations,
}: Managed): { name: string; namespace?: string } | undefined {
  const id = annotations?.[TRACKING_ID];
  if (id !== undefined) {
    const [parent, kind, own] = id.split(':');
    return kind === `${GROUP}/Application` && own === `${namespace}/${name}`
      ? addressOf(parent)
      : undefined;
  }
  const label = labels?.[INSTANCE_LABEL];
  return label && label !== name ? addressOf(label) : undefined;
}

/** An Application outside Argo CD's namespace is tracked as `<namespace>_<name>`. */
function addressOf(text: string): { name: string; namespace?: string } {
  const [first, second] = text.split('_');
  return second === undefined
    ? { name: first }
    : { name: second, namespace: first };
}

function hasInGit(parent: JsonObject, { name, namespace }: Managed): boolean {
  return (parentSchema.parse(parent).status?.resources ?? []).some(
    resource =>
      resource.group === GROUP &&
      resource.kind === 'Application' &&
      resource.name === name &&
      resource.namespace === namespace &&
      !resource.requiresPruning,
  );
}

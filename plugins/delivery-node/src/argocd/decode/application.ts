import type {
  Application,
  ApplicationHistoryEntry,
  ApplicationRef,
} from '@landfall/backstage-plugin-delivery-common';
import type { ApplicationVersion } from '../types';
import { keptAnnotations } from './annotations';
import { UndecodableApplicationError } from './errors';
import { decodeInitiator, decodeOperation } from './operation';
import { ImageParameters } from './parameters';
import { decodeResources } from './resources';
import {
  applicationSchema,
  identitySchema,
  type RawApplication,
  type RawHistoryEntry,
  type RawStatus,
  versionedSchema,
} from './schema';
import { decodeSources, decodeSpecSources } from './sources';
import { repositoryUrl, withoutUserInfo } from '../../userInfo';
import {
  decodeHealthStatus,
  decodeRevisions,
  decodeSyncStatus,
  decodeTime,
} from './values';

/** An application, or why it can't be decoded. */
export type Decoded =
  | { ok: true; application: Application }
  | { ok: false; ref?: ApplicationRef; error: UndecodableApplicationError };

/**
 * Decodes an Application as Argo CD's API sends it.
 *
 * Unknown fields are ignored, and fields that Go omits are tolerated. An
 * Application without a name, uid or spec, or with a known field of the wrong
 * type, isn't decoded: a wrong state would be worse than none.
 */
export function decodeApplication(instance: string, raw: unknown): Decoded {
  const parsed = applicationSchema.safeParse(raw);
  if (parsed.success) {
    return { ok: true, application: toApplication(instance, parsed.data) };
  }
  const ref = decodeRef(instance, raw);
  return {
    ok: false,
    ref,
    error: new UndecodableApplicationError(instance, ref, parsed.error),
  };
}

/** The identity of an application, even if the rest can't be decoded. */
export function decodeRef(
  instance: string,
  raw: unknown,
): ApplicationRef | undefined {
  const identity = identitySchema.safeParse(raw);
  if (!identity.success) {
    return undefined;
  }
  const { namespace, name } = identity.data.metadata;
  return { instance, namespace, name };
}

/**
 * The identity and version of an application, even if the rest can't be
 * decoded.
 */
export function decodeVersion(
  instance: string,
  raw: unknown,
): ApplicationVersion | undefined {
  const parsed = versionedSchema.safeParse(raw);
  if (!parsed.success) {
    return undefined;
  }
  const { namespace, name, uid, resourceVersion } = parsed.data.metadata;
  return {
    ref: { instance, namespace, name },
    uid,
    resourceVersion: resourceVersion || undefined,
  };
}

function toApplication(
  instance: string,
  { metadata, spec, status }: RawApplication,
): Application {
  const { destination, syncPolicy } = spec;
  const annotations = keptAnnotations(metadata.annotations ?? {});
  const images = status?.summary?.images ?? [];
  const operation = decodeOperation(status?.operationState, images);
  const parameters = ImageParameters.of({
    annotations,
    images: [...images, ...(operation?.images ?? [])],
  });
  return {
    ref: { instance, namespace: metadata.namespace, name: metadata.name },
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion || undefined,
    // An Application without a project belongs to `default`.
    project: spec.project || 'default',
    createdAt: decodeTime(metadata.creationTimestamp),
    deletedAt: decodeTime(metadata.deletionTimestamp),
    labels: metadata.labels ?? {},
    annotations,
    destination: {
      server: repositoryUrl(destination?.server ?? '') || undefined,
      name: destination?.name || undefined,
      namespace: destination?.namespace || undefined,
    },
    ...decodeSpecSources(spec, status, parameters),
    automatedSync: Boolean(
      syncPolicy?.automated && syncPolicy.automated.enabled !== false,
    ),
    sync: {
      status: decodeSyncStatus(status?.sync?.status),
      revisions: decodeRevisions(status?.sync ?? {}),
    },
    dryRevision: decodeDryRevision(status),
    health: {
      status: decodeHealthStatus(status?.health?.status),
      message: withoutUserInfo(status?.health?.message ?? '') || undefined,
      lastTransitionTime: decodeTime(status?.health?.lastTransitionTime),
    },
    images,
    externalUrls: (status?.summary?.externalURLs ?? []).map(withoutUserInfo),
    history: (status?.history ?? [])
      .map(entry => decodeHistoryEntry(entry, parameters))
      .filter(entry => entry !== undefined)
      .sort((a, b) => a.id - b.id),
    operation,
    conditions: (status?.conditions ?? []).map(condition => ({
      type: condition.type ?? '',
      message: withoutUserInfo(condition.message ?? ''),
      lastTransitionTime: decodeTime(condition.lastTransitionTime),
    })),
    resources: decodeResources(status?.resources),
    reconciledAt: decodeTime(status?.reconciledAt),
  };
}

/**
 * Only while its hydrated commit is the compared one: the next dry commit may
 * be hydrated already but not compared yet.
 */
function decodeDryRevision(
  status: RawStatus | null | undefined,
): string | undefined {
  const hydrated = status?.sourceHydrator?.lastSuccessfulOperation;
  return hydrated?.hydratedSHA &&
    hydrated.hydratedSHA === status?.sync?.revision
    ? hydrated.drySHA || undefined
    : undefined;
}

function decodeHistoryEntry(
  raw: RawHistoryEntry,
  parameters: ImageParameters,
): ApplicationHistoryEntry | undefined {
  const deployedAt = decodeTime(raw.deployedAt);
  if (!deployedAt) {
    return undefined;
  }
  return {
    id: raw.id,
    revisions: decodeRevisions(raw),
    sources: decodeSources(raw, parameters),
    deployStartedAt: decodeTime(raw.deployStartedAt),
    deployedAt,
    initiatedBy: decodeInitiator(raw.initiatedBy),
  };
}

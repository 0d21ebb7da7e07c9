import type {
  Application,
  ApplicationRef,
  ApplicationSource,
  HealthStatus,
  OperationPhase,
  SyncStatus,
} from '../model/application';

/*
 * A simple decoder of Argo CD's Application, for tests that replay recordings:
 * the production decoder can't be imported here. It doesn't validate its input.
 */

interface ArgoSource {
  repoURL?: string;
  path?: string;
  chart?: string;
  targetRevision?: string;
  ref?: string;
  helm?: {
    parameters?: { name: string; value: string }[];
    valueFiles?: string[];
  };
  kustomize?: { images?: string[] };
}

/** The parts of an Application that are read from a recording. */
export interface ArgoApplication {
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    resourceVersion?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec: {
    project: string;
    source?: ArgoSource;
    sources?: ArgoSource[];
    destination?: { server?: string; name?: string; namespace?: string };
    syncPolicy?: { automated?: { enabled?: boolean } };
  };
  status?: {
    sync?: { status: string; revision?: string; revisions?: string[] };
    health?: { status: string; message?: string; lastTransitionTime?: string };
    summary?: { images?: string[]; externalURLs?: string[] };
    history?: {
      id: number;
      revision?: string;
      revisions?: string[];
      source?: ArgoSource;
      sources?: ArgoSource[];
      deployStartedAt?: string;
      deployedAt: string;
      initiatedBy?: { username?: string; automated?: boolean };
    }[];
    operationState?: {
      phase: string;
      message?: string;
      startedAt: string;
      finishedAt?: string;
      retryCount?: number;
      operation: {
        sync?: {
          revision?: string;
          revisions?: string[];
          dryRun?: boolean;
          resources?: unknown[];
        };
        initiatedBy?: { username?: string; automated?: boolean };
      };
      syncResult?: {
        revision?: string;
        revisions?: string[];
        resources?: { images?: string[] }[];
      };
    };
    conditions?: {
      type: string;
      message: string;
      lastTransitionTime?: string;
    }[];
    resources?: {
      group?: string;
      kind: string;
      namespace?: string;
      name: string;
      status?: string;
      health?: { status: string; message?: string };
    }[];
    reconciledAt?: string;
  };
}

export function toApplication(
  instance: string,
  { metadata, spec, status = {} }: ArgoApplication,
): Application {
  const ref: ApplicationRef = {
    instance,
    namespace: metadata.namespace,
    name: metadata.name,
  };
  const resources = status.resources ?? [];
  return {
    ref,
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion,
    project: spec.project,
    labels: metadata.labels ?? {},
    annotations: Object.fromEntries(
      Object.entries(metadata.annotations ?? {}).filter(([key]) =>
        key.startsWith('argocd-image-updater.argoproj.io/'),
      ),
    ),
    destination: spec.destination ?? {},
    sources: toSources(spec),
    automatedSync:
      spec.syncPolicy?.automated !== undefined &&
      spec.syncPolicy.automated.enabled !== false,
    sync: {
      status: (status.sync?.status ?? 'Unknown') as SyncStatus,
      revisions: toRevisions(status.sync),
    },
    health: {
      status: (status.health?.status ?? 'Unknown') as HealthStatus,
      message: status.health?.message,
      lastTransitionTime: status.health?.lastTransitionTime,
    },
    images: status.summary?.images ?? [],
    externalUrls: status.summary?.externalURLs ?? [],
    history: (status.history ?? []).map(entry => ({
      id: entry.id,
      revisions: toRevisions(entry),
      sources: toSources(entry),
      deployStartedAt: entry.deployStartedAt,
      deployedAt: entry.deployedAt,
      initiatedBy: toInitiator(entry.initiatedBy),
    })),
    operation: toOperation(status.operationState),
    conditions: status.conditions ?? [],
    resources: {
      total: resources.length,
      outOfSync: resources.filter(r => r.status === 'OutOfSync').length,
      unwell: resources
        .filter(r => r.health && r.health.status !== 'Healthy')
        .map(r => ({
          group: r.group ?? '',
          kind: r.kind,
          namespace: r.namespace,
          name: r.name,
          syncStatus: r.status,
          health: r.health && {
            status: r.health.status as HealthStatus,
            message: r.health.message,
          },
        })),
    },
    reconciledAt: status.reconciledAt,
  };
}

function toOperation(
  state: NonNullable<ArgoApplication['status']>['operationState'],
): Application['operation'] {
  if (!state) {
    return undefined;
  }
  const { operation, syncResult } = state;
  return {
    phase: state.phase as OperationPhase,
    message: state.message,
    startedAt: state.startedAt,
    finishedAt: state.finishedAt ?? undefined,
    retryCount: state.retryCount,
    initiatedBy: toInitiator(operation.initiatedBy),
    dryRun: operation.sync?.dryRun ?? false,
    partial: (operation.sync?.resources ?? []).length > 0,
    revisions: toRevisions(syncResult ?? operation.sync ?? {}),
    images: [
      ...new Set((syncResult?.resources ?? []).flatMap(r => r.images ?? [])),
    ],
  };
}

function toSources(of: {
  source?: ArgoSource;
  sources?: ArgoSource[];
}): ApplicationSource[] {
  const sources = of.sources?.length ? of.sources : [of.source ?? {}];
  return sources.map(source => ({
    repoUrl: source.repoURL ?? '',
    path: source.path,
    chart: source.chart,
    targetRevision: source.targetRevision,
    helmParameters: source.helm?.parameters?.map(({ name, value }) => ({
      name,
      value,
    })),
    kustomizeImages: source.kustomize?.images,
    ref: source.ref,
    valueFiles: source.helm?.valueFiles,
  }));
}

function toRevisions(
  of: { revision?: string; revisions?: string[] } | undefined,
): string[] {
  if (of?.revisions?.length) {
    return of.revisions;
  }
  return of?.revision ? [of.revision] : [];
}

function toInitiator(by?: { username?: string; automated?: boolean }) {
  return by && { username: by.username, automated: by.automated ?? false };
}

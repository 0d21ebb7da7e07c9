import { SKIP_RECONCILE } from '../reconcile/Controller';
import type { ApplicationInput } from '../store/parseApplication';
import { timestamp } from '../time';
import {
  APPLICATION_API_VERSION,
  type ApplicationSpec,
  type ApplicationStatus,
  type HistoryEntry,
  IN_CLUSTER,
  type Operation,
  type OperationState,
  type ResourceStatus,
  type Source,
} from '../types';
import {
  FLEET,
  type Member,
  nameOf,
  repositoryOf,
  revisionOf,
  serviceName,
  tagOf,
  teamOf,
} from './member';

const UPDATER = 'argocd-image-updater.argoproj.io';
const MOST_HISTORY = 5;
const HOUR = 3_600_000;

/**
 * Resources that an application may have besides its Service and Deployment:
 * group, version, kind.
 */
const FURTHER: [string, string, string][] = [
  ['', 'v1', 'ConfigMap'],
  ['', 'v1', 'ServiceAccount'],
  ['networking.k8s.io', 'v1', 'Ingress'],
  ['autoscaling', 'v2', 'HorizontalPodAutoscaler'],
];

/** The content of a fleet application; the store adds its identity. */
export interface FleetApplication {
  input: ApplicationInput;
  status: ApplicationStatus;
  creationTimestamp: string;
}

/**
 * An application like one that Argo CD has deployed a few times: about 6 KB of
 * JSON, Synced and Healthy. The same member always looks the same except for
 * its times, which are before `now` (milliseconds).
 */
export function fleetApplication(
  member: Member,
  now: number,
): FleetApplication {
  const name = nameOf(member);
  const spec = specOf(member);
  const { source, destination } = spec;
  const versions = 1 + (member.service % MOST_HISTORY);
  const latest = versions - 1;
  const deployedAt = (id: number) =>
    now - (versions - id) * 7 * HOUR - (member.service % 600) * 1000;
  const image = `${repositoryOf(member)}:${tagOf(latest)}`;
  const revision = revisionOf(name, latest);
  return {
    creationTimestamp: timestamp(deployedAt(0) - 60_000),
    input: {
      name,
      namespace: FLEET,
      labels: labelsOf(member),
      annotations: annotationsOf(member, spec),
      finalizers: undefined,
      spec,
    },
    status: {
      resources: resourcesOf(name, destination.namespace ?? '', versions),
      sync: {
        status: 'Synced',
        comparedTo: { source, destination },
        revision,
      },
      health: {
        status: 'Healthy',
        lastTransitionTime: timestamp(deployedAt(latest) + 9000),
      },
      history: Array.from(
        { length: versions },
        (_, id): HistoryEntry => ({
          revision: revisionOf(name, id),
          deployedAt: timestamp(deployedAt(id)),
          id,
          source,
          deployStartedAt: timestamp(deployedAt(id) - 3000),
          initiatedBy: { automated: true },
        }),
      ),
      reconciledAt: timestamp(now),
      operationState: succeeded(automatedSync(source, revision), {
        name,
        namespace: destination.namespace ?? '',
        image,
        startedAt: timestamp(deployedAt(latest) - 3000),
        finishedAt: timestamp(deployedAt(latest)),
      }),
      sourceType: 'Helm',
      summary: {
        externalURLs: [`https://${name}.fleet.test`],
        images: [image],
      },
      resourceHealthSource: 'appTree',
      controllerNamespace: 'argocd',
      sourceHydrator: {},
    },
  };
}

/** The operation of an automated sync to a revision. */
export function automatedSync(source: Source, revision: string): Operation {
  return {
    sync: {
      revision,
      prune: true,
      source,
      syncOptions: ['CreateNamespace=true'],
    },
    initiatedBy: { automated: true },
    retry: {
      limit: 5,
      backoff: { duration: '5s', factor: 2, maxDuration: '3m' },
    },
  };
}

/** The state of an operation that applied an image. */
export function succeeded(
  operation: Operation,
  applied: {
    name: string;
    namespace: string;
    image: string;
    startedAt: string;
    finishedAt: string;
  },
): OperationState {
  const { name, namespace, image, startedAt, finishedAt } = applied;
  const result = { hookPhase: 'Running', syncPhase: 'Sync' };
  return {
    operation,
    phase: 'Succeeded',
    message: 'successfully synced (all tasks run)',
    syncResult: {
      resources: [
        {
          group: '',
          version: 'v1',
          kind: 'Service',
          namespace,
          name,
          status: 'Synced',
          message: `service/${name} unchanged`,
          ...result,
        },
        {
          group: 'apps',
          version: 'v1',
          kind: 'Deployment',
          namespace,
          name,
          status: 'Synced',
          message: `deployment.apps/${name} configured`,
          ...result,
          images: [image],
        },
      ],
      revision: operation.sync.revision ?? '',
      source: operation.sync.source ?? { repoURL: '' },
    },
    startedAt,
    finishedAt,
  };
}

function specOf(member: Member): ApplicationSpec & { source: Source } {
  const { environment } = member;
  return {
    source: {
      repoURL: `https://git.fleet.test/${teamOf(member)}/deploy.git`,
      path: `apps/${serviceName(member.service)}`,
      targetRevision: 'main',
      helm: {
        valueFiles: ['values.yaml', `values-${environment}.yaml`],
        releaseName: nameOf(member),
      },
    },
    destination: { server: IN_CLUSTER, namespace: `fleet-${environment}` },
    project: FLEET,
    syncPolicy: {
      automated: { prune: true, selfHeal: true, enabled: true },
      syncOptions: ['CreateNamespace=true'],
    },
    revisionHistoryLimit: 10,
  };
}

function labelsOf(member: Member): Record<string, string> {
  return {
    'app.kubernetes.io/name': serviceName(member.service),
    'app.kubernetes.io/part-of': FLEET,
    environment: member.environment,
    team: teamOf(member),
  };
}

function annotationsOf(
  member: Member,
  spec: ApplicationSpec,
): Record<string, string> {
  const annotations = {
    [`${UPDATER}/image-list`]: `app=${repositoryOf(member)}:~1.0`,
    [`${UPDATER}/app.update-strategy`]: 'semver',
    [`${UPDATER}/app.helm.image-name`]: 'image.repository',
    [`${UPDATER}/app.helm.image-tag`]: 'image.tag',
    [`${UPDATER}/write-back-method`]: 'git',
    [SKIP_RECONCILE]: 'true',
  };
  const applied = {
    apiVersion: APPLICATION_API_VERSION,
    kind: 'Application',
    metadata: {
      annotations,
      labels: labelsOf(member),
      name: nameOf(member),
      namespace: FLEET,
    },
    spec,
  };
  return {
    ...annotations,
    'kubectl.kubernetes.io/last-applied-configuration': `${JSON.stringify(
      applied,
    )}\n`,
  };
}

/**
 * Applications with fewer versions get more resources, so that all are about
 * the same size.
 */
function resourcesOf(
  name: string,
  namespace: string,
  versions: number,
): ResourceStatus[] {
  const well = { namespace, name, status: 'Synced' };
  return [
    {
      version: 'v1',
      kind: 'Service',
      ...well,
      health: { status: 'Healthy' },
    },
    {
      group: 'apps',
      version: 'v1',
      kind: 'Deployment',
      ...well,
      health: { status: 'Healthy' },
    },
    ...FURTHER.slice(0, FURTHER.length + 1 - versions).map(
      ([group, version, kind]) => ({
        ...(group ? { group } : {}),
        version,
        kind,
        ...well,
      }),
    ),
  ];
}

import {
  APPLICATION_API_VERSION,
  type ApplicationInput,
  type ApplicationSpec,
  type ApplicationStatus,
  IN_CLUSTER,
  LAST_APPLIED,
  type Operation,
  type OperationState,
  type ResourceStatus,
  SKIP_RECONCILE,
  type Source,
  timestamp,
} from '@landfall/sandbox';
import { largeHelm, moreConfigMaps } from './large';
import { FLEET, revisionOf, tagOf, type Member } from './member';

const UPDATER = 'argocd-image-updater.argoproj.io';
const MOST_HISTORY = 5;
/** Argo CD keeps as many by default. */
const LARGE_HISTORY = 10;
const HOUR = 3_600_000;
/** A host that doesn't exist: the fleet has neither registry nor repository. */
const REGISTRY = 'registry.fleet.test';

/**
 * Resources that an application may have besides its Service and Deployment:
 * group, version, kind.
 */
const FURTHER = [
  ['', 'v1', 'ConfigMap'],
  ['', 'v1', 'ServiceAccount'],
  ['networking.k8s.io', 'v1', 'Ingress'],
  ['autoscaling', 'v2', 'HorizontalPodAutoscaler'],
];

/** The content of a fleet application; the store adds its identity. */
interface FleetApplication {
  input: ApplicationInput;
  status: ApplicationStatus;
  creationTimestamp: string;
}

/**
 * An application like one that Argo CD has deployed a few times: about 6 KB of
 * JSON, Synced and Healthy. The same member always looks the same except for
 * its times, which are before now.
 *
 * @param options.large - about 60 KB: 40 resources, 10 entries of history, and Helm
 * values in the Application itself
 */
export function fleetApplication(
  member: Member,
  { large = false }: { large?: boolean } = {},
): FleetApplication {
  const { number, name, environment, team, service } = member;
  const now = Date.now();
  const repository = `${REGISTRY}/${team}/${service}`;
  const source: Source = {
    repoURL: `https://git.fleet.test/${team}/deploy.git`,
    path: `apps/${service}`,
    targetRevision: 'main',
    helm: {
      valueFiles: ['values.yaml', `values-${environment}.yaml`],
      releaseName: name,
      ...(large && largeHelm(name)),
    },
  };
  const namespace = `fleet-${environment}`;
  const destination = { server: IN_CLUSTER, namespace };
  const spec: ApplicationSpec = {
    source,
    destination,
    project: FLEET,
    syncPolicy: {
      automated: { prune: true, selfHeal: true, enabled: true },
      syncOptions: ['CreateNamespace=true'],
    },
    revisionHistoryLimit: 10,
  };
  const latest = large ? LARGE_HISTORY - 1 : number % MOST_HISTORY;
  const deployed = (id: number) =>
    now - (latest + 1 - id) * 7 * HOUR - (number % 600) * 1000;
  const image = `${repository}:${tagOf(latest)}`;
  const revision = revisionOf(name, latest);
  const startedAt = timestamp(deployed(latest) - 3000);
  return {
    creationTimestamp: timestamp(deployed(0) - 60_000),
    input: { name, ...metadataOf(member, repository, spec), spec },
    status: {
      resources: resourcesOf(name, namespace, { latest, large }),
      sync: { status: 'Synced', comparedTo: { source, destination }, revision },
      health: {
        status: 'Healthy',
        lastTransitionTime: timestamp(deployed(latest) + 9000),
      },
      history: Array.from({ length: latest + 1 }, (_, id) => ({
        revision: revisionOf(name, id),
        deployedAt: timestamp(deployed(id)),
        id,
        source,
        deployStartedAt: timestamp(deployed(id) - 3000),
        initiatedBy: { automated: true },
      })),
      reconciledAt: timestamp(now),
      operationState: succeeded(automatedSync(source, revision), {
        name,
        namespace,
        image,
        startedAt,
        finishedAt: timestamp(deployed(latest)),
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
  const syncOptions = ['CreateNamespace=true'];
  const backoff = { duration: '5s', factor: 2, maxDuration: '3m' };
  return {
    sync: { revision, prune: true, source, syncOptions },
    initiatedBy: { automated: true },
    retry: { limit: 5, backoff },
  };
}

/** The state of an operation that applied an image. */
export function succeeded(
  operation: Operation,
  applied: Record<
    'name' | 'namespace' | 'image' | 'startedAt' | 'finishedAt',
    string
  >,
): OperationState {
  const { name, namespace, image, startedAt, finishedAt } = applied;
  const { revision = '', source = { repoURL: '' } } = operation.sync;
  const result = {
    version: 'v1',
    namespace,
    name,
    status: 'Synced',
    hookPhase: 'Running',
    syncPhase: 'Sync',
  };
  return {
    operation,
    phase: 'Succeeded',
    message: 'successfully synced (all tasks run)',
    syncResult: {
      resources: [
        {
          ...result,
          group: '',
          kind: 'Service',
          message: `service/${name} unchanged`,
        },
        {
          ...result,
          group: 'apps',
          kind: 'Deployment',
          message: `deployment.apps/${name} configured`,
          images: [image],
        },
      ],
      revision,
      source,
    },
    startedAt,
    finishedAt,
  };
}

function metadataOf(
  { name, environment, team, service }: Member,
  repository: string,
  spec: ApplicationSpec,
) {
  const labels = {
    'app.kubernetes.io/name': service,
    'app.kubernetes.io/part-of': FLEET,
    environment,
    team,
  };
  const annotations = {
    [`${UPDATER}/image-list`]: `app=${repository}:~1.0`,
    [`${UPDATER}/app.update-strategy`]: 'semver',
    [`${UPDATER}/app.helm.image-name`]: 'image.repository',
    [`${UPDATER}/app.helm.image-tag`]: 'image.tag',
    [`${UPDATER}/write-back-method`]: 'git',
    [SKIP_RECONCILE]: 'true',
  };
  const applied = {
    apiVersion: APPLICATION_API_VERSION,
    kind: 'Application',
    metadata: { annotations, labels, name, namespace: FLEET },
    spec,
  };
  const text = `${JSON.stringify(applied)}\n`;
  return { labels, annotations: { ...annotations, [LAST_APPLIED]: text } };
}

/**
 * Applications with fewer versions get more resources, so that all are about
 * the same size.
 */
function resourcesOf(
  name: string,
  namespace: string,
  { latest, large }: { latest: number; large: boolean },
): ResourceStatus[] {
  const synced = { namespace, name, status: 'Synced' };
  const well = { ...synced, version: 'v1', health: { status: 'Healthy' } };
  return [
    { ...well, kind: 'Service' },
    { ...well, group: 'apps', kind: 'Deployment' },
    ...FURTHER.slice(0, large ? undefined : FURTHER.length - latest).map(
      ([group, version, kind]) => ({ ...synced, group, version, kind }),
    ),
    ...(large ? moreConfigMaps(synced) : []),
  ];
}

import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '@landfall/testing-kit';
import { chartFiles } from '@landfall/testing-kit';
import {
  FIRST_TAG,
  type RunPlan,
  type ServicePlan,
  type Step,
} from './scenario';
import type { TestCluster } from './TestCluster';
import type { ApplicationPlan, ClusterApplication } from './clusterTypes';

/** The updater's cycle is half a second, but a busy machine takes longer. */
const COMMITTED_MS = 60_000;

/** Sets up the services, with their first version live. */
export async function prepare(
  cluster: TestCluster,
  plan: RunPlan,
): Promise<void> {
  const { configRepository, services } = plan;
  await cluster.git.create(configRepository);
  const applications = services.flatMap(service => service.applications);
  await Promise.all(
    services.map(async ({ repository }) => {
      await cluster.createImageRepository(repository);
      await cluster.push(repository, FIRST_TAG);
    }),
  );
  await cluster.git.commit(
    configRepository,
    'Set the services up',
    Object.assign(
      {},
      ...applications.map(({ path, repository }) =>
        chartFiles(path, {
          repository: cluster.imageName(repository),
          tag: FIRST_TAG,
        }),
      ),
    ),
  );
  for (const application of applications) {
    await cluster.createApplication(configRepository, application);
  }
  await Promise.all(
    applications.map(async application => {
      await deploy(cluster, application, FIRST_TAG);
    }),
  );
}

/** Executes the plan; resolves when everything has settled. */
export async function executePlan(
  cluster: TestCluster,
  plan: RunPlan,
): Promise<void> {
  await Promise.all(
    plan.services.map(async service => {
      for (const step of service.steps) {
        await take(cluster, service, step);
      }
    }),
  );
}

/** Removes everything of a run from the sandbox. */
export async function cleanUp(
  cluster: TestCluster,
  plan: RunPlan,
): Promise<void> {
  const left = await cluster.applications(plan.prefix);
  await Promise.all(
    left.map(async ({ metadata }) => {
      await cluster.deleteApplication(metadata.name);
      await cluster.untilGone(metadata.name);
    }),
  );
  await Promise.all(
    plan.services.map(({ repository }) =>
      cluster.removeImageRepository(repository),
    ),
  );
  await cluster.git.remove(plan.configRepository);
}

async function take(
  cluster: TestCluster,
  service: ServicePlan,
  step: Step,
): Promise<void> {
  const { repository, applications } = service;
  const all = (act: (application: ApplicationPlan) => Promise<void>) =>
    Promise.all(applications.map(act));
  switch (step.kind) {
    case 'release':
      await cluster.push(repository, step.tag);
      await all(application => deploy(cluster, application, step.tag));
      break;
    case 'burst':
      await cluster.push(repository, step.tags[0]);
      await sleep(step.pauseMs);
      await cluster.push(repository, step.tags[1]);
      await all(application => deploy(cluster, application, step.tags[1]));
      break;
    case 'failure':
      await all(({ name }) => cluster.failRollout(name));
      await cluster.push(repository, step.tag);
      await all(application => failAndRecover(cluster, application, step));
      if (step.next) {
        await cluster.push(repository, step.next);
        const { next } = step;
        await all(application => deploy(cluster, application, next));
      }
      break;
    case 'rollback':
      await all(application => rollBack(cluster, application));
      break;
    default:
      await all(async ({ name }) => {
        await cluster.deleteApplication(name);
        await cluster.untilGone(name);
      });
  }
}

async function deploy(
  cluster: TestCluster,
  application: ApplicationPlan,
  tag: string,
): Promise<void> {
  await syncIfManual(cluster, application, tag);
  await untilLive(cluster, application, tag);
}

async function untilLive(
  cluster: TestCluster,
  application: ApplicationPlan,
  tag: string,
): Promise<void> {
  const image = imageOf(cluster, application, tag);
  await cluster.until(
    application.name,
    `runs ${tag}`,
    current =>
      isAtRest(current) && current.status.summary.images?.join() === image,
  );
}

async function failAndRecover(
  cluster: TestCluster,
  application: ApplicationPlan,
  step: Step & { kind: 'failure' },
): Promise<void> {
  await syncIfManual(cluster, application, step.tag);
  const image = imageOf(cluster, application, step.tag);
  await cluster.until(
    application.name,
    `is Degraded with ${step.tag}`,
    ({ status }) =>
      status.health.status === 'Degraded' &&
      (status.summary.images ?? []).includes(image),
  );
  if (!step.next) {
    await cluster.failRollout(application.name, true);
    await untilLive(cluster, application, step.tag);
  }
}

async function rollBack(
  cluster: TestCluster,
  application: ApplicationPlan,
): Promise<void> {
  const { name } = application;
  const before = await cluster.application(name);
  const history = before?.status.history ?? [];
  const wanted = history.at(-2);
  const last = history.at(-1);
  if (!wanted || !last) {
    throw new Error(`${name} has nothing to go back to`);
  }
  await cluster.rollback(name, wanted.id);
  await cluster.until(
    name,
    'is rolled back',
    current =>
      isAtRest(current) &&
      (current.status.history?.at(-1)?.id ?? 0) > last.id &&
      current.status.summary.images?.length === 1 &&
      current.status.summary.images[0] !== before?.status.summary.images?.[0],
  );
}

/** Without automated sync, an operator syncs as soon as Git has the version. */
async function syncIfManual(
  cluster: TestCluster,
  application: ApplicationPlan,
  tag: string,
): Promise<void> {
  const { name, automated } = application;
  if (!automated) {
    await waitUntil(
      `Git has ${tag} for ${name}`,
      () => cluster.wants(name, imageOf(cluster, application, tag)),
      { timeoutMs: COMMITTED_MS, intervalMs: 200 },
    );
    await cluster.sync(name);
  }
}

function imageOf(
  cluster: TestCluster,
  { repository }: ApplicationPlan,
  tag: string,
): string {
  return `${cluster.imageName(repository)}:${tag}`;
}

function isAtRest({ operation, status }: ClusterApplication): boolean {
  return (
    operation === undefined &&
    status.operationState?.phase === 'Succeeded' &&
    status.health.status === 'Healthy'
  );
}

import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '@landfall/testing-kit';
import { chartFiles } from './chart';
import {
  FIRST_TAG,
  type RunPlan,
  type ServicePlan,
  type Step,
} from './scenario';
import type { World } from './World';
import type { ApplicationPlan, WorldApplication } from './worldTypes';

/** The updater's cycle is half a second, but a busy machine takes longer. */
const COMMITTED_MS = 60_000;

/** Sets up the services, with their first version live. */
export async function prepare(world: World, plan: RunPlan): Promise<void> {
  const { configRepository, services } = plan;
  await world.git.create(configRepository);
  const applications = services.flatMap(service => service.applications);
  await Promise.all(
    services.map(async ({ repository }) => {
      await world.createImageRepository(repository);
      await world.push(repository, FIRST_TAG);
    }),
  );
  await world.git.commit(
    configRepository,
    'Set the services up',
    Object.assign(
      {},
      ...applications.map(({ path, repository }) =>
        chartFiles(path, {
          repository: world.imageName(repository),
          tag: FIRST_TAG,
        }),
      ),
    ),
  );
  for (const application of applications) {
    await world.createApplication(configRepository, application);
  }
  await Promise.all(
    applications.map(async application => {
      await deploy(world, application, FIRST_TAG);
    }),
  );
}

/** Executes the plan; resolves when everything has settled. */
export async function play(world: World, plan: RunPlan): Promise<void> {
  await Promise.all(
    plan.services.map(async service => {
      for (const step of service.steps) {
        await take(world, service, step);
      }
    }),
  );
}

/** Removes everything of a run from the sandbox. */
export async function cleanUp(world: World, plan: RunPlan): Promise<void> {
  const left = await world.applications(plan.prefix);
  await Promise.all(
    left.map(async ({ metadata }) => {
      await world.deleteApplication(metadata.name);
      await world.untilGone(metadata.name);
    }),
  );
  await Promise.all(
    plan.services.map(({ repository }) =>
      world.removeImageRepository(repository),
    ),
  );
  await world.git.remove(plan.configRepository);
}

async function take(
  world: World,
  service: ServicePlan,
  step: Step,
): Promise<void> {
  const { repository, applications } = service;
  const all = (act: (application: ApplicationPlan) => Promise<void>) =>
    Promise.all(applications.map(act));
  switch (step.kind) {
    case 'release':
      await world.push(repository, step.tag);
      await all(application => deploy(world, application, step.tag));
      break;
    case 'burst':
      await world.push(repository, step.tags[0]);
      await sleep(step.pauseMs);
      await world.push(repository, step.tags[1]);
      await all(application => deploy(world, application, step.tags[1]));
      break;
    case 'failure':
      await all(({ name }) => world.failRollout(name));
      await world.push(repository, step.tag);
      await all(application => failAndRecover(world, application, step));
      if (step.next) {
        await world.push(repository, step.next);
        const { next } = step;
        await all(application => deploy(world, application, next));
      }
      break;
    case 'rollback':
      await all(application => rollBack(world, application));
      break;
    default:
      await all(async ({ name }) => {
        await world.deleteApplication(name);
        await world.untilGone(name);
      });
  }
}

async function deploy(
  world: World,
  application: ApplicationPlan,
  tag: string,
): Promise<void> {
  await syncIfManual(world, application, tag);
  await untilLive(world, application, tag);
}

async function untilLive(
  world: World,
  application: ApplicationPlan,
  tag: string,
): Promise<void> {
  const image = imageOf(world, application, tag);
  await world.until(
    application.name,
    `runs ${tag}`,
    current =>
      isAtRest(current) && current.status.summary.images?.join() === image,
  );
}

async function failAndRecover(
  world: World,
  application: ApplicationPlan,
  step: Step & { kind: 'failure' },
): Promise<void> {
  await syncIfManual(world, application, step.tag);
  const image = imageOf(world, application, step.tag);
  await world.until(
    application.name,
    `is Degraded with ${step.tag}`,
    ({ status }) =>
      status.health.status === 'Degraded' &&
      (status.summary.images ?? []).includes(image),
  );
  if (!step.next) {
    await world.failRollout(application.name, true);
    await untilLive(world, application, step.tag);
  }
}

async function rollBack(
  world: World,
  application: ApplicationPlan,
): Promise<void> {
  const { name } = application;
  const before = await world.application(name);
  const history = before?.status.history ?? [];
  const wanted = history.at(-2);
  const last = history.at(-1);
  if (!wanted || !last) {
    throw new Error(`${name} has nothing to go back to`);
  }
  await world.rollback(name, wanted.id);
  await world.until(
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
  world: World,
  application: ApplicationPlan,
  tag: string,
): Promise<void> {
  const { name, automated } = application;
  if (!automated) {
    await waitUntil(
      `Git has ${tag} for ${name}`,
      () => world.wants(name, imageOf(world, application, tag)),
      { timeoutMs: COMMITTED_MS, intervalMs: 200 },
    );
    await world.sync(name);
  }
}

function imageOf(
  world: World,
  { repository }: ApplicationPlan,
  tag: string,
): string {
  return `${world.imageName(repository)}:${tag}`;
}

function isAtRest({ operation, status }: WorldApplication): boolean {
  return (
    operation === undefined &&
    status.operationState?.phase === 'Succeeded' &&
    status.health.status === 'Healthy'
  );
}

import type { DeliveryStore } from '../processes';
import { compareApplication } from './compare';
import type { Known } from './PartialObserver';
import { disturb, type Disturbance } from './disturb';
import { executePlan } from './executePlan';
import { Random } from './Random';
import type { RunPlan } from './scenario';
import { settle } from './settle';
import type { Testbed } from './Testbed';

/** The result of a run. */
export interface RunResult {
  plan: RunPlan;
  seconds: number;
  /** Empty if both portals have equal promotions. */
  differences: string[];
  /** What the fault did and when. */
  log: string[];
}

/**
 * Executes a plan while its fault affects one portal. Then compares that portal's
 * promotions with those of the undisturbed portal.
 */
export async function runFault(
  testbed: Testbed,
  plan: RunPlan,
): Promise<RunResult> {
  const startedAt = Date.now();
  const disturbed = testbed.disturbed(plan.target);
  const disturbance = disturb({
    fault: plan.fault,
    disturbed,
    testbed,
    random: new Random(plan.seed),
  });
  let differences: string[];
  try {
    differences = await outcome(testbed, plan, disturbance);
  } catch (error) {
    differences = [String(error)];
  }
  return {
    plan,
    seconds: (Date.now() - startedAt) / 1000,
    differences,
    log: disturbance.log,
  };
}

async function outcome(
  testbed: Testbed,
  plan: RunPlan,
  disturbance: Disturbance,
): Promise<string[]> {
  const { store } = testbed.disturbed(plan.target);
  try {
    await executePlan(testbed.cluster, plan);
  } finally {
    await disturbance.lift();
  }
  await settle(testbed.cluster, plan, {
    'The undisturbed portal': testbed.referenceStore,
    'The disturbed portal': store,
  });
  return compareStores(testbed.referenceStore, store, plan.prefix);
}

/**
 * The differences between two stores, for the applications with this name
 * prefix.
 */
async function compareStores(
  reference: DeliveryStore,
  disturbed: DeliveryStore,
  namePrefix: string,
): Promise<string[]> {
  const [expected, found] = await Promise.all([
    knownIn(reference, namePrefix),
    knownIn(disturbed, namePrefix),
  ]);
  return [...new Set([...expected.keys(), ...found.keys()])].flatMap(name => {
    const [a, b] = [expected.get(name), found.get(name)];
    return a && b
      ? compareApplication(name, a, b)
      : [`${name} is known to the ${a ? 'un' : ''}disturbed portal alone`];
  });
}

async function knownIn(
  store: DeliveryStore,
  namePrefix: string,
): Promise<Map<string, Known>> {
  const promotions = await store.promotions(namePrefix);
  const applications = await store.applications(namePrefix);
  const revisions = await store.revisions();
  return new Map(
    applications.map(({ name, gone, state }) => [
      name,
      {
        gone,
        ...(state && { application: state }),
        unanswered: (state?.history ?? [])
          .flatMap(entry => entry.revisions)
          .filter(revision => !revisions.has(revision)),
        promotions: promotions.filter(
          promotion => promotion.application.name === name,
        ),
      },
    ]),
  );
}

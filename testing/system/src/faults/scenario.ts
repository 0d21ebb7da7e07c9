import { Random } from './Random';
import type { ApplicationPlan } from './clusterTypes';

/**
 * The faults of a portal. Runs take turns, so that any ten consecutive runs
 * cover all of them.
 *
 * - `cut`: the event stream breaks in the middle of an event
 * - `silence`: the stream stays open, but nothing arrives, not even heartbeats
 * - `disorder`: events of the stream and the registry are duplicated and
 *   overtake one another, and a replay begins with outdated states
 * - `drop`: events of the stream and the registry are lost
 * - `errors`: Argo CD and the registry respond with 500 or 503, or not at all
 * - `slow`: every response is delayed
 * - `replica`: of two replicas, the watching one is killed
 * - `database`: PostgreSQL stops immediately and comes back
 * - `unauthorized`: the token is rejected in the middle of the stream
 * - `kill`: the backend is killed with SIGKILL and started again
 */
export const FAULTS = [
  'cut',
  'silence',
  'disorder',
  'drop',
  'errors',
  'slow',
  'replica',
  'database',
  'unauthorized',
  'kill',
] as const;

export type Fault = (typeof FAULTS)[number];

/**
 * The portal with the fault: the one on SQLite, or the one with two replicas on
 * PostgreSQL.
 */
export type Target = 'sqlite' | 'postgres';

/** One step of a service and its applications; steps run one after another. */
export type Step =
  /** A version that goes live. */
  | { kind: 'release'; tag: string }
  /** Two versions, the second so soon that it overtakes the first somewhere. */
  | { kind: 'burst'; tags: [string, string]; pauseMs: number }
  /**
   * A version that doesn't become ready. It recovers by itself, or the next
   * version replaces it.
   */
  | { kind: 'failure'; tag: string; next?: string }
  /** Back to the previous deployment (only without automated sync). */
  | { kind: 'rollback' }
  | { kind: 'delete' };

export interface ServicePlan {
  /**
   * The registry repository whose images all applications of the service run.
   */
  repository: string;
  applications: ApplicationPlan[];
  steps: Step[];
}

/** Everything of a run that its seed decides. */
export interface RunPlan {
  seed: number;
  /** The prefix of all names of the run. */
  prefix: string;
  configRepository: string;
  fault: Fault;
  target: Target;
  services: ServicePlan[];
}

/** The first version of every service. */
export const FIRST_TAG = '1.0.0';

export function planRun(seed: number, only?: Fault): RunPlan {
  const random = new Random(seed);
  const fault = only ?? FAULTS[seed % FAULTS.length];
  const prefix = `t${seed}-`;
  const services = [0, 1].map(index =>
    planService(random, `${prefix}${'ab'[index]}`, index === 0),
  );
  return {
    seed,
    prefix,
    configRepository: `${prefix}config`,
    fault,
    target: targetOf(fault, random),
    services,
  };
}

function targetOf(fault: Fault, random: Random): Target {
  switch (fault) {
    case 'replica':
    case 'database':
      return 'postgres';
    case 'kill':
      return 'sqlite';
    default:
      return random.pick(['sqlite', 'postgres']);
  }
}

function planService(
  random: Random,
  name: string,
  automated: boolean,
): ServicePlan {
  const repository = `shop/${name}`;
  // They share one repository, so one's commits don't reveal the other's
  // version.
  const names = random.chance(0.3) ? [`${name}-dev`, `${name}-prod`] : [name];
  return {
    repository,
    applications: names.map(application => ({
      name: application,
      repository,
      path: `apps/${application}`,
      writeBack: random.pick(
        automated ? ['override', 'values', 'argocd'] : ['override', 'values'],
      ),
      automated,
    })),
    steps: planSteps(random, automated),
  };
}

function planSteps(random: Random, automated: boolean): Step[] {
  let patch = 0;
  const tag = () => `1.0.${(patch += 1)}`;
  const steps: Step[] = [];
  const count = random.integer(1, 2);
  for (let index = 0; index < count; index++) {
    const kind = random.pick(
      automated
        ? ['release', 'burst', 'burst', 'failure']
        : ['release', 'rollback', 'rollback', 'failure'],
    );
    switch (kind) {
      case 'burst':
        steps.push({
          kind,
          tags: [tag(), tag()],
          pauseMs: random.between(0, 2500),
        });
        break;
      case 'failure':
        steps.push({
          kind,
          tag: tag(),
          ...(random.chance(0.5) && { next: tag() }),
        });
        break;
      case 'rollback':
        // There must be something to roll back to.
        steps.push({ kind: 'release', tag: tag() }, { kind });
        break;
      default:
        steps.push({ kind: 'release', tag: tag() });
    }
  }
  if (random.chance(0.15)) {
    steps.push({ kind: 'delete' });
  }
  return steps;
}

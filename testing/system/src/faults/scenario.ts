import { Random } from './Random';
import type { ApplicationPlan } from './worldTypes';

/**
 * What can befall a portal. Runs take them in turn, so that any ten runs in a row
 * have all of them.
 *
 * - `cut`: the stream of events breaks, in the middle of an event
 * - `silence`: it stays open and nothing comes any more, not even heartbeats
 * - `disorder`: events of stream and registry come twice and overtake one another, and a replay begins with what is over
 * - `drop`: events of stream and registry don't come
 * - `errors`: Argo CD and the registry answer 500, 503 or not at all
 * - `slow`: every answer takes its time
 * - `replica`: of two replicas, the one that watches is killed
 * - `database`: PostgreSQL ends at once and comes back
 * - `unauthorized`: the token is refused, in the middle of the stream
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

/** Which portal the fault befalls: one on SQLite, or one of two replicas on PostgreSQL. */
export type Target = 'sqlite' | 'postgres';

/** What happens to a service, and with it to its applications, one thing after another. */
export type Step =
  /** A version that gets live. */
  | { kind: 'release'; tag: string }
  /** Two versions, the second so soon that it overtakes the first somewhere. */
  | { kind: 'burst'; tags: [string, string]; pauseMs: number }
  /** A version that doesn't get ready; it recovers by itself, or the next version replaces it. */
  | { kind: 'failure'; tag: string; next?: string }
  /** Back to the deployment before (only without automated sync). */
  | { kind: 'rollback' }
  | { kind: 'delete' };

export interface ServicePlan {
  /** In the registry; all applications of the service run it. */
  repository: string;
  applications: ApplicationPlan[];
  steps: Step[];
}

/** All of a run that its seed decides. */
export interface RunPlan {
  seed: number;
  /** All names of the run begin so. */
  prefix: string;
  configRepository: string;
  fault: Fault;
  target: Target;
  services: ServicePlan[];
}

/** The version that every service begins with. */
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
  // Neither can be told by the other's commits: they lie in one repository.
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
        // There must be something to go back to.
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

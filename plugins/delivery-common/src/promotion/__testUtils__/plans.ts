import fc from 'fast-check';
import { digestOf } from '../../testing/references';
import { API, Simulation, WEB } from '../../testing/simulation';
import { addRequests, seenRequest, type SeenRequest } from './requests';

const PREFIX = 'argocd-image-updater.argoproj.io/';

/** One event of a plan. */
type Step =
  | {
      do: 'push';
      image: number;
      patch: number;
      build: number;
      /** Whether the registry reports how the image was built. */
      built: boolean;
    }
  | { do: 'remove'; image: number; patch: number }
  | { do: 'update'; image: number; patch: number; refresh: boolean }
  | { do: 'update-both'; patch: number }
  | { do: 'commit'; image: number; patch: number }
  | { do: 'refresh'; outcome: 'well' | 'degraded' | 'failing' }
  | { do: 'sync' }
  | { do: 'rollback'; back: number }
  | { do: 'elsewhere' | 'self-heal' | 'vanish' };

const image = fc.nat({ max: 1 });
const patch = fc.integer({ min: 0, max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('push' as const),
      image,
      patch,
      // A tag can be pushed again for another image.
      build: fc.nat({ max: 1 }),
      built: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('remove' as const), image, patch }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('update' as const),
      image,
      patch,
      refresh: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('update-both' as const), patch }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('commit' as const), image, patch }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('refresh' as const),
      outcome: fc.constantFrom(
        'well' as const,
        'well' as const,
        'degraded' as const,
        'failing' as const,
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('sync' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('rollback' as const),
      back: fc.nat({ max: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'elsewhere' as const,
        'self-heal' as const,
        'vanish' as const,
      ),
    }),
  },
);

export interface Plan {
  /**
   * Versions of the first image are in the parameters of the application's own
   * source.
   */
  parameters: boolean;
  annotated: boolean;
  /** The first image is updated to the newest build, not to the highest version. */
  newestBuild: boolean;
  automatedSync: boolean;
  multiSource: boolean;
  /** The Git host is asked for the commits between two heads. */
  history: boolean;
  steps: Step[];
  /** Seen on the Git host at any time. */
  requests?: SeenRequest[];
}

/** A sequence of events for an application with two images. */
export const plan: fc.Arbitrary<Plan> = fc.record({
  parameters: fc.boolean(),
  annotated: fc.boolean(),
  newestBuild: fc.boolean(),
  automatedSync: fc.boolean(),
  multiSource: fc.boolean(),
  history: fc.boolean(),
  steps: fc.array(step, { minLength: 1, maxLength: 14 }),
  requests: fc.array(seenRequest, { maxLength: 6 }),
});

/** Plays a plan. */
export function simulate({
  parameters,
  annotated,
  newestBuild,
  automatedSync,
  multiSource,
  history,
  steps,
  requests = [],
}: Plan): Simulation {
  const simulation = new Simulation({
    images: { [API]: '1.0.0', [WEB]: '1.0.0' },
    automatedSync,
    multiSource,
    history,
    annotations: annotated
      ? {
          [`${PREFIX}image-list`]: `app=${API}:~1.0,web=${WEB}`,
          [`${PREFIX}app.helm.image-name`]: 'image.repository',
          [`${PREFIX}app.helm.image-tag`]: 'image.tag',
          ...(newestBuild && {
            [`${PREFIX}app.update-strategy`]: 'newest-build',
          }),
        }
      : {},
  });
  for (const item of steps) {
    perform(simulation, item, parameters);
  }
  addRequests(simulation, requests);
  return simulation;
}

/**
 * Build dates that don't follow the order of the pushes. An image always gets
 * the same date.
 */
function buildsOf({ patch: number, build }: Step & { do: 'push' }) {
  const minute = String(((number + 6 * build) * 7) % 60).padStart(2, '0');
  return [
    {
      platform: number === 4 ? 'linux/arm64' : 'linux/amd64',
      builtAt: `2026-01-01T12:${minute}:00Z`,
    },
  ];
}

function perform(
  simulation: Simulation,
  item: Step,
  parameters: boolean,
): void {
  const repository = 'image' in item && item.image === 1 ? WEB : API;
  const tag = 'patch' in item ? `1.0.${item.patch}` : '1.0.0';
  const isParameter = parameters && repository === API;
  switch (item.do) {
    case 'push': {
      const digest = digestOf(
        `${repository}${item.build === 0 ? '' : ' '}${tag}`,
      );
      simulation.push(repository, tag, digest);
      if (item.built) {
        simulation.reportBuilds(digest, buildsOf(item));
      }
      break;
    }
    case 'remove':
      simulation.remove(repository, tag);
      break;
    case 'update':
      if (isParameter) {
        simulation.setParameters(repository, tag);
      } else {
        simulation.update({ [repository]: tag });
      }
      if (item.refresh) {
        simulation.refresh();
      }
      break;
    case 'update-both':
      simulation.update(
        parameters ? { [WEB]: tag } : { [API]: tag, [WEB]: tag },
      );
      break;
    case 'commit':
      simulation.commit(isParameter ? {} : { [repository]: tag }, `Use ${tag}`);
      break;
    case 'refresh':
      simulation.refresh({
        degraded: item.outcome === 'degraded',
        failing: item.outcome === 'failing' ? 'hook failed' : undefined,
      });
      break;
    case 'sync':
      simulation.sync({ by: 'jo' });
      break;
    case 'rollback': {
      const { history } = simulation.current;
      const to = history[Math.max(0, history.length - 1 - item.back)];
      if (!simulation.current.automatedSync && to) {
        simulation.sync({ by: 'jo', to: to.id });
      }
      break;
    }
    case 'elsewhere':
      simulation.update({ [API]: '1.0.9' }, 'another-app').refresh();
      break;
    case 'vanish':
      simulation.vanish();
      break;
    default:
      simulation.selfHeal();
  }
}

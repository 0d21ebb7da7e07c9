import {
  policyFor,
  type RegistryVersion,
  selectVersion,
  VersionList,
} from '@landfall/backstage-plugin-delivery-common';
import { spreadOf, type Spread } from '../statistics';

const PREFIX = 'argocd-image-updater.argoproj.io';
const REPOSITORY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';
const APPLICATIONS = 10_000;
const TAGS = 1_000;

/** The applications' image settings, used in turn. */
const SETTINGS: { constraint?: string; settings: Record<string, string> }[] = [
  { constraint: '~1.4', settings: {} },
  { constraint: '^2', settings: { 'ignore-tags': '*-rc*, *-alpha*' } },
  { settings: { 'allow-tags': 'regexp:^[0-9]+\\.[0-9]+\\.[0-9]+$' } },
  { settings: { 'update-strategy': 'newest-build' } },
  {
    settings: {
      'update-strategy': 'alphabetical',
      'allow-tags': 'regexp:^build-',
    },
  },
  // A backtracking regular expression engine would never finish this one.
  { settings: { 'allow-tags': 'regexp:^(a+)+$' } },
];

/** Measured decisions of one kind. */
export interface DecisionResult {
  what: string;
  /** Per application: reading its policy and judging every version. */
  each: Spread;
  totalMs: number;
}

/**
 * Decides which version each of 10,000 applications gets, from repositories
 * with 1,000 tags each. Measures a repository per application, one for every
 * ten applications, and one for all of them.
 */
export function measureDecisions(): DecisionResult[] {
  return [
    measure('a repository each', index => VersionList.of(versions(index))),
    measure('10 share one', every(10)),
    measure('all share one', every(APPLICATIONS)),
  ];
}

function every(count: number): (index: number) => VersionList {
  let list = VersionList.of([]);
  return index => {
    if (index % count === 0) {
      list = VersionList.of(versions(index));
    }
    return list;
  };
}

function measure(
  what: string,
  listOf: (index: number) => VersionList,
): DecisionResult {
  const times: number[] = [];
  for (let index = 0; index < APPLICATIONS; index++) {
    const application = applicationOf(index);
    const begin = performance.now();
    const { followed } = policyFor({
      application,
      repository: REPOSITORY,
      updaters: [],
    });
    const { verdicts } = selectVersion(followed[0].compiled, listOf(index));
    times.push(performance.now() - begin);
    if (verdicts.length !== TAGS) {
      throw new Error(`Of ${TAGS} tags, ${verdicts.length} were judged`);
    }
  }
  return {
    what,
    each: spreadOf(times),
    totalMs: times.reduce((sum, time) => sum + time, 0),
  };
}

function applicationOf(index: number) {
  const { constraint, settings } = SETTINGS[index % SETTINGS.length];
  const image = `${REPOSITORY}${constraint ? `:${constraint}` : ''}`;
  return {
    ref: { instance: 'main', namespace: 'argocd', name: `api-${index}` },
    labels: {},
    annotations: {
      [`${PREFIX}/image-list`]: `app=${image}`,
      ...Object.fromEntries(
        Object.entries(settings).map(([key, value]) => [
          `${PREFIX}/app.${key}`,
          value,
        ]),
      ),
    },
    sources: [{ repoUrl: 'https://git.example.com/deploy.git', path: 'api' }],
  };
}

/** Versions, prereleases, builds and long names, mixed in one repository. */
function versions(seed: number): RegistryVersion[] {
  return Array.from({ length: TAGS }, (_, index) => {
    const at = new Date(1_750_000_000_000 + index * 60_000).toISOString();
    const [major, minor] = [(index + seed) % 3, index % 20];
    const version = `${major}.${minor}.${Math.floor(index / 20)}`;
    const tag = [
      version,
      `${version}-rc.${index % 5}`,
      `build-${index}`,
      `${'a'.repeat(100)}${index}`,
    ][index % 4];
    return { tag, digest: `sha256:${index}`, pushedAt: at };
  });
}

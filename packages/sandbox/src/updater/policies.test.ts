import { applicationObject, updaterResource } from './__testUtils__/service';
import { REGISTRY, Workbench } from './__testUtils__/Workbench';
import type { RunningUpdater } from './startImageUpdater';

const january = new Date('2026-01-01T00:00:00Z');
const february = new Date('2026-02-01T00:00:00Z');
const march = new Date('2026-03-01T00:00:00Z');

let bench: Workbench;
let updater: RunningUpdater;

beforeAll(async () => {
  bench = await Workbench.start();
  updater = await bench.startUpdater();
});

afterAll(async () => {
  await bench.stop();
});

/** The parts of a policy that a case sets, in the format of annotations. */
interface PolicyCase {
  what: string;
  /** May resolve to the digest of the last push. */
  push: (repository: string) => Promise<string | void>;
  /** The image-list's text after the image's name. */
  constraint?: string;
  settings?: Record<string, string>;
  /** The tag in Git afterwards. It is 1.0.0 before. */
  wanted: string | ((digest: string) => string);
}

function pushAll(...tags: string[]) {
  return async (repository: string) => {
    for (const tag of tags) {
      await bench.push(repository, tag);
    }
  };
}

/**
 * Pushes an index that is the newest for arm64 only, and the oldest for amd64.
 */
async function pushMixed(repository: string) {
  await bench.pushIndex(repository, 'mixed', {
    'linux/amd64': january,
    'linux/arm64': march,
  });
  await bench.push(repository, 'even', {
    created: february,
    platforms: ['linux/amd64', 'linux/arm64'],
  });
}

const CASES: PolicyCase[] = [
  {
    what: 'semver takes the greatest version of the constraint',
    push: pushAll('1.0.9', '1.0.10', '1.1.0', '2.0.0', 'latest'),
    constraint: ':~1.0',
    wanted: '1.0.10',
  },
  {
    what: 'newest-build goes by the date of the build, not of the push',
    push: async repository => {
      await bench.push(repository, 'built-last', { created: march });
      await bench.push(repository, 'pushed-last', { created: february });
    },
    settings: { 'update-strategy': 'newest-build' },
    wanted: 'built-last',
  },
  {
    what: 'alphabetical takes the last name',
    push: pushAll('r-2026-03', 'r-2026-10', 'r-2026-04'),
    settings: { 'update-strategy': 'alphabetical' },
    wanted: 'r-2026-10',
  },
  {
    what: 'digest follows a tag that was moved',
    push: async repository => {
      await bench.push(repository, 'stable', { content: 'first' });
      await bench.push(repository, 'other');
      return bench.push(repository, 'stable', { content: 'second' });
    },
    constraint: ':stable',
    settings: { 'update-strategy': 'digest' },
    wanted: digest => `stable@${digest}`,
  },
  {
    what: 'allow-tags leaves others out',
    push: pushAll('1.0.3', '1.0.4'),
    settings: { 'allow-tags': 'regexp:^1\\.0\\.[0-3]$' },
    wanted: '1.0.3',
  },
  {
    what: 'allow-tags that cannot be read allow nothing',
    push: pushAll('1.0.3', '1.0.4'),
    settings: { 'allow-tags': '^1\\.0\\.[0-3]$' },
    wanted: '1.0.0',
  },
  {
    what: 'ignore-tags leaves those out that match one of the patterns',
    push: pushAll('1.0.3', '1.0.4', '1.0.5'),
    settings: { 'ignore-tags': '1.0.4, *.5' },
    wanted: '1.0.3',
  },
  {
    what: 'images for linux/amd64 are wanted where no platform is said',
    push: async repository => {
      await bench.push(repository, 'amd', { created: january });
      await bench.push(repository, 'arm', {
        created: march,
        platforms: ['linux/arm64'],
      });
    },
    settings: { 'update-strategy': 'newest-build' },
    wanted: 'amd',
  },
  {
    what: 'the platform of an image is that of its configuration, with its variant',
    push: async repository => {
      await bench.push(repository, 'v7', {
        created: february,
        platforms: ['linux/arm/v7'],
      });
      await bench.push(repository, 'v6', {
        created: march,
        platforms: ['linux/arm/v6'],
      });
    },
    settings: {
      'update-strategy': 'newest-build',
      platforms: 'linux/arm/v7',
    },
    wanted: 'v7',
  },
  {
    what: 'an index is as new as its image for the platform that is wanted',
    push: pushMixed,
    settings: { 'update-strategy': 'newest-build', platforms: 'linux/arm64' },
    wanted: 'mixed',
  },
  {
    what: 'an index is as new as its image for the platform that is wanted by default',
    push: pushMixed,
    settings: { 'update-strategy': 'newest-build' },
    wanted: 'even',
  },
  {
    what: 'an index without an image for the platform is left out',
    push: async repository => {
      await bench.push(repository, 'single', {
        created: january,
        platforms: ['linux/s390x'],
      });
      await pushMixed(repository);
    },
    settings: { 'update-strategy': 'newest-build', platforms: 'linux/s390x' },
    wanted: 'single',
  },
  {
    what: 'the digest of an index is followed if it has the platform',
    push: repository =>
      bench.push(repository, 'stable', {
        platforms: ['linux/amd64', 'linux/arm64'],
      }),
    constraint: ':stable',
    settings: { 'update-strategy': 'digest', platforms: 'linux/arm64' },
    wanted: digest => `stable@${digest}`,
  },
  {
    what: 'the digest of a tag for another platform is not followed',
    push: repository => bench.push(repository, 'stable'),
    constraint: ':stable',
    settings: { 'update-strategy': 'digest', platforms: 'linux/arm64' },
    wanted: '1.0.0',
  },
];

describe('a pushed image and the policy of an application', () => {
  it.each(CASES.map((one, index) => [one.what, index, one] as const))(
    '%s',
    async (_, index, { push, constraint = '', settings = {}, wanted }) => {
      const name = `policy-${index}`;
      const repository = `shop/${name}`;
      const image = `${REGISTRY}/${repository}`;
      const path = `apps/${name}`;
      const values = `${path}/values.yaml`;
      const file = (tag: string) =>
        `image: {repository: ${image}, tag: ${tag}}\n`;
      await bench.commit({ [values]: file('1.0.0') });
      const digest = await push(repository);
      bench.kubernetes.applications = [
        applicationObject(bench, {
          name,
          path,
          images: [
            `${image}${constraint === ':stable' ? ':stable' : ':1.0.0'}`,
          ],
          annotations: {
            'image-list': `app=${image}${constraint}`,
            'app.helm.image-name': 'image.repository',
            'app.helm.image-tag': 'image.tag',
            'write-back-method': 'git:repocreds',
            'write-back-target': 'helmvalues:values.yaml',
            ...Object.fromEntries(
              Object.entries(settings).map(([key, value]) => [
                `app.${key}`,
                value,
              ]),
            ),
          },
        }),
      ];
      updaterResource(bench, {
        applicationRefs: [{ namePattern: name, useAnnotations: true }],
      });
      await updater.runCycle();

      const tag = typeof wanted === 'string' ? wanted : wanted(digest ?? '');
      expect(await bench.file(values)).toBe(file(tag));
      const [{ author, files }] = await bench.commits();
      expect(files).toEqual([values]);
      expect(author).toMatch(tag === '1.0.0' ? /^Ann / : /^argocd-image-up/);
    },
  );
});

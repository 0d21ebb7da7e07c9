import { applicationObject, updaterResource } from './__testUtils__/service';
import { REGISTRY, Workbench } from './__testUtils__/Workbench';
import type { RunningUpdater } from './startImageUpdater';

const IMAGE = `${REGISTRY}/shop/api`;

let bench: Workbench;
let updater: RunningUpdater;

beforeAll(async () => {
  bench = await Workbench.start();
  for (const tag of ['1.0.0', '1.0.1', '1.0.2', '1.0.3']) {
    await bench.push('shop/api', tag);
  }
  updater = await bench.startUpdater();
});

afterAll(async () => {
  await bench.stop();
});

/** Applications that may match, by name. */
const APPLICATIONS: Record<
  string,
  { namespace?: string; labels?: Record<string, string> }
> = {
  'api-dev': { labels: { env: 'dev', team: 'shop' } },
  'api-prod': { labels: { env: 'prod', team: 'shop' } },
  web: {},
  elsewhere: { namespace: 'team-a', labels: { env: 'dev', team: 'shop' } },
};

/** The annotations of all Applications. */
const ANNOTATIONS = {
  'image-list': `app=${IMAGE}`,
  'app.allow-tags': 'regexp:^1\\.0\\.2$',
  'write-back-method': 'git',
};

const only = (tag: string) => ({ allowTags: `regexp:^${tag}$` });

/** An image entry, restricted to one tag if it is given. */
const image = (tag?: string) => ({
  alias: 'app',
  imageName: IMAGE,
  ...(tag && { commonUpdateSettings: only(tag) }),
});

const git = { method: 'git', gitConfig: { branch: 'main' } };

/**
 * A resource, and the expected tag of each Application. Applications without
 * one stay unchanged.
 */
const CASES: [string, object, Record<string, string>][] = [
  [
    'all of its namespace, and of no other',
    { applicationRefs: [{ namePattern: '*', images: [image()] }] },
    { 'api-dev': '1.0.3', 'api-prod': '1.0.3', web: '1.0.3' },
  ],
  [
    'a pattern of names',
    { applicationRefs: [{ namePattern: 'api-*', images: [image()] }] },
    { 'api-dev': '1.0.3', 'api-prod': '1.0.3' },
  ],
  [
    'a name',
    { applicationRefs: [{ namePattern: 'web', images: [image()] }] },
    { web: '1.0.3' },
  ],
  [
    'labels',
    {
      applicationRefs: [
        {
          namePattern: '*',
          labelSelectors: { matchLabels: { team: 'shop', env: 'dev' } },
          images: [image()],
        },
      ],
    },
    { 'api-dev': '1.0.3' },
  ],
  [
    'expressions of labels',
    {
      applicationRefs: [
        {
          namePattern: '*',
          labelSelectors: {
            matchExpressions: [
              { key: 'env', operator: 'NotIn', values: ['dev'] },
              { key: 'team', operator: 'Exists' },
            ],
          },
          images: [image()],
        },
      ],
    },
    { 'api-prod': '1.0.3' },
  ],
  [
    'several references, of which the one that fits best counts',
    {
      applicationRefs: [
        { namePattern: '*', images: [image('1.0.1')] },
        { namePattern: 'api-*', images: [image('1.0.2')] },
        { namePattern: 'api-prod', images: [image()] },
      ],
    },
    { 'api-dev': '1.0.2', 'api-prod': '1.0.3', web: '1.0.1' },
  ],
  [
    'settings of the resource, the reference and the image, of which the nearest counts',
    {
      commonUpdateSettings: only('1.0.1'),
      applicationRefs: [
        { namePattern: 'web', images: [image()] },
        {
          namePattern: 'api-*',
          commonUpdateSettings: only('1.0.2'),
          images: [image()],
        },
        {
          namePattern: 'api-prod',
          commonUpdateSettings: only('1.0.2'),
          images: [image('1.0.3')],
        },
      ],
    },
    { 'api-dev': '1.0.2', 'api-prod': '1.0.3', web: '1.0.1' },
  ],
  [
    'annotations, which count alone where they are asked for',
    {
      applicationRefs: [
        {
          namePattern: 'api-dev',
          useAnnotations: true,
          images: [image('1.0.3')],
        },
        { namePattern: 'api-prod', images: [image('1.0.3')] },
      ],
    },
    { 'api-dev': '1.0.2', 'api-prod': '1.0.3' },
  ],
];

describe('a resource matches', () => {
  it.each(
    CASES.map(([what, ...rest], index) => [what, index, ...rest] as const),
  )('%s', async (_, index, spec, wanted) => {
    const names = Object.keys(APPLICATIONS);
    const path = (name: string) => `case-${index}/${name}`;
    await bench.commit(
      Object.fromEntries(names.map(name => [`${path(name)}/Chart.yaml`, ''])),
    );
    bench.kubernetes.applications = names.map(name =>
      applicationObject(bench, {
        name,
        ...APPLICATIONS[name],
        path: path(name),
        annotations: ANNOTATIONS,
        images: [`${IMAGE}:1.0.0`],
      }),
    );
    updaterResource(bench, { writeBackConfig: git, ...spec });
    await updater.runCycle();

    expect(bench.kubernetes.statuses.at(-1)).toMatchObject({
      applicationsMatched: Object.keys(wanted).length,
    });
    const written = Object.entries(await bench.files(`case-${index}`))
      .filter(([file]) => file.includes('.argocd-source-'))
      .map(([file, content]) => [
        file,
        /name: image.tag\s+value: (\S+)/.exec(content)?.[1],
      ]);
    expect(Object.fromEntries(written)).toEqual(
      Object.fromEntries(
        Object.entries(wanted).map(([name, tag]) => [
          `${path(name)}/.argocd-source-${name}.yaml`,
          tag,
        ]),
      ),
    );
  });
});

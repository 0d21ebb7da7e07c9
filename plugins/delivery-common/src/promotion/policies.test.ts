import type { ImageUpdaterResource } from '../image-updater';
import type { Application } from '../model/application';
import type { Observation } from '../model/observation';
import { imageUpdaterSpecSchema } from '../image-updater';
import type { ImageBuild } from '../model/image';
import type { ImagePushed } from '../model/observation';
import { digestOf } from '../testing/references';
import { API, WEB } from '../testing/simulation';
import { outline } from '../testing/timeline';
import { play, UPDATER, world } from './__testUtils__/worlds';
import { repositoriesOf } from './applicationVersions';
import { reduce } from './reduce';
import type { DeliveryState } from './types';

/**
 * The outcome of each of these tags, pushed one after another without a commit.
 */
function outlineOfPushes(
  annotations: Record<string, string>,
  tags: string[],
): string[] {
  const simulation = world({ annotations });
  for (const tag of tags) {
    simulation.push(API, tag);
  }
  return outline(play(simulation).state.promotions).slice(1);
}

const LISTED = { [`${UPDATER}image-list`]: `app=${API}:~1.0` };

describe('what a policy says of a push', () => {
  it.each([
    ['the constraint takes it', LISTED, ['1.0.1'], ['1.0.1']],
    ['the constraint passes over it', LISTED, ['1.1.0', '2.0.0'], []],
    ['a prerelease', LISTED, ['1.0.1-rc.1'], []],
    [
      'a constraint with alternatives, as the updater reads it',
      { [`${UPDATER}image-list`]: `app=${API}:>= 1.0 < 1.2 || 3.x` },
      ['1.1.9', '1.2.0', '3.4.5'],
      ['1.1.9', '3.4.5'],
    ],
    [
      'only some tags are allowed',
      { ...LISTED, [`${UPDATER}app.allow-tags`]: 'regexp:^1\\.0\\.[0-9]$' },
      ['1.0.7', '1.0.10'],
      ['1.0.7'],
    ],
    [
      'some tags are ignored',
      { ...LISTED, [`${UPDATER}app.ignore-tags`]: '*.3, *.4' },
      ['1.0.2', '1.0.3', '1.0.5'],
      ['1.0.2', '1.0.5'],
    ],
    [
      'an expression that no engine that tries again and again would end with',
      { ...LISTED, [`${UPDATER}app.allow-tags`]: 'regexp:^(a+)+$' },
      [`${'a'.repeat(120)}b`, '1.0.1'],
      [],
    ],
    ['nothing names the image', {}, ['1.0.1'], []],
  ])('%s', (_, annotations, tags, taken) => {
    expect(outlineOfPushes(annotations, tags)).toEqual(
      taken.map(tag => `1.0.0 → ${tag}, pushed, under way`),
    );
  });
});

describe('ImageUpdater resources', () => {
  const updater = (constraint: string): ImageUpdaterResource => ({
    namespace: 'argocd',
    name: 'api',
    spec: imageUpdaterSpecSchema.parse({
      applicationRefs: [
        {
          namePattern: 'api-*',
          images: [{ alias: 'app', imageName: `${API}:${constraint}` }],
        },
      ],
    }),
  });
  const seenAt = '2026-01-01T13:00:00Z';
  const updatersObserved = (...imageUpdaters: ImageUpdaterResource[]) => ({
    kind: 'image-updaters-observed' as const,
    imageUpdaters,
    seenAt,
  });

  it('open promotions without any annotation, also of what was pushed before they came', () => {
    const { state } = play(world({ annotations: {} }).push(API, '1.0.1'));
    const { state: next, changes } = reduce(
      state,
      updatersObserved(updater('~1.0')),
    );
    expect(outline(next.promotions)).toEqual([
      '? → 1.0.0, synced #0, healthy, live',
      '1.0.0 → 1.0.1, pushed, under way',
    ]);
    expect(changes).toHaveLength(1);
    expect(reduce(next, updatersObserved(updater('~1.0'))).changes).toEqual([]);
  });

  it('count before annotations, and no longer once they are gone', () => {
    const { state } = play(world().push(API, '1.1.0'));
    const { state: wider } = reduce(state, updatersObserved(updater('^1')));
    expect(outline(wider.promotions)).toContain(
      '1.0.0 → 1.1.0, pushed, under way',
    );
    const { state: without } = reduce(state, updatersObserved());
    expect(without.promotions).toEqual(state.promotions);
  });
});

describe('an image that the application does not run', () => {
  const annotated = (force: string) => ({
    ...LISTED,
    [`${UPDATER}image-list`]: `app=${API}:~1.0, web=${WEB}`,
    [`${UPDATER}web.force-update`]: force,
  });
  const resource = (forceUpdate: boolean): ImageUpdaterResource => ({
    namespace: 'argocd',
    name: 'api',
    spec: imageUpdaterSpecSchema.parse({
      applicationRefs: [
        {
          namePattern: 'api-*',
          images: [
            {
              alias: 'web',
              imageName: WEB,
              commonUpdateSettings: { forceUpdate },
            },
          ],
        },
      ],
    }),
  });
  const observed = (updater: ImageUpdaterResource): Observation => ({
    kind: 'image-updaters-observed',
    imageUpdaters: [updater],
    seenAt: '2026-01-01T13:00:00Z',
  });
  const ofWeb = ({ promotions }: DeliveryState) =>
    outline(promotions.filter(({ repository }) => repository === WEB));

  it('is promoted from its push where the updater is forced to', () => {
    const simulation = world({ annotations: annotated('true') });
    expect(ofWeb(play(simulation.push(WEB, '2.0.0')).state)).toEqual([
      '? → 2.0.0, pushed, under way',
    ]);
  });

  it('is not promoted otherwise, as the updater leaves it alone', () => {
    const simulation = world({ annotations: annotated('false') });
    expect(ofWeb(play(simulation.push(WEB, '2.0.0')).state)).toEqual([]);
  });

  it.each([
    [true, ['? → 2.0.0, pushed, under way']],
    [false, []],
  ])(
    'is named by an ImageUpdater before or after its push (forceUpdate: %s)',
    (forceUpdate, expected) => {
      const updatersRead = observed(resource(forceUpdate));
      const simulation = world();
      const first = reduce(play(simulation).state, updatersRead).state;
      expect(repositoriesOf(application(first), first.imageUpdaters)).toEqual(
        [API, WEB].sort(),
      );
      const pushed = simulation.push(WEB, '2.0.0').observations.slice(-1);
      const before = pushed.reduce(
        (state, { observation }) => reduce(state, observation).state,
        first,
      );
      const after = reduce(play(simulation).state, updatersRead).state;
      expect(ofWeb(before)).toEqual(expected);
      expect(ofWeb(after)).toEqual(expected);
    },
  );

  it.each(['before', 'after'])(
    'is not promoted if it was pushed %s the application dropped it',
    when => {
      const simulation = world({
        images: { [API]: '1.0.0', [WEB]: '2.0.0' },
        annotations: annotated('false'),
      });
      const push = () => simulation.push(WEB, '2.1.0');
      if (when === 'before') {
        push();
      }
      simulation.commit({ [WEB]: undefined }, 'Drop it').refresh();
      if (when === 'after') {
        push();
      }
      expect(ofWeb(play(simulation).state)).not.toContainEqual(
        expect.stringMatching(/under way/),
      );
    },
  );

  it('is promoted as soon as the application runs it', () => {
    const simulation = world({ annotations: annotated('false') });
    simulation.push(WEB, '2.0.0').push(WEB, '2.1.0');
    expect(ofWeb(play(simulation).state)).toEqual([]);
    simulation.commit({ [WEB]: '2.0.0' }, 'Add it').refresh();
    expect(ofWeb(play(simulation).state)).toContainEqual(
      expect.stringMatching(/^2\.0\.0 → 2\.1\.0, pushed, under way$/),
    );
  });
});

function application(state: DeliveryState): Application {
  if (!state.application) {
    throw new Error('The application was not observed');
  }
  return state.application;
}

it('newest-build: what was there when another one was committed is no newer build', () => {
  const simulation = world({
    annotations: {
      [`${UPDATER}image-list`]: `app=${API}`,
      [`${UPDATER}app.update-strategy`]: 'newest-build',
    },
  })
    .push(API, 'build-101')
    .push(API, 'build-99')
    .update({ [API]: 'build-101' })
    .refresh();
  expect(outline(play(simulation).state.promotions)).toEqual([
    '? → 1.0.0, synced #0, healthy, superseded (Replaced by build-101)',
    '1.0.0 → build-101, pushed, committed by, synced #1, healthy, live',
  ]);
});

describe('newest-build, where it is known when images were built', () => {
  const pushed = (tag: string, minute: number, ...builds: ImageBuild[]) => ({
    kind: 'image-pushed' as const,
    repository: API,
    digest: digestOf(`${API}${tag}`),
    tags: [tag],
    pushedAt: `2026-01-01T13:0${minute}:00Z`,
    seenAt: `2026-01-01T13:0${minute}:01Z`,
    builds,
  });
  const on = (platform: string, builtAt: string) => ({ platform, builtAt });
  const start = () =>
    play(
      world({
        annotations: {
          [`${UPDATER}image-list`]: `app=${API}`,
          [`${UPDATER}app.update-strategy`]: 'newest-build',
        },
      }),
    ).state;
  const running = {
    kind: 'image-pushed' as const,
    repository: API,
    digest: digestOf(`${API}1.0.0`),
    tags: ['1.0.0'],
    pushedAt: '2026-01-01T10:00:00Z',
    seenAt: '2026-01-01T10:00:01Z',
    builds: [on('linux/amd64', '2026-01-01T09:00:00Z')],
  };
  const waiting = (state: DeliveryState, ...observations: ImagePushed[]) =>
    outline(
      observations
        .reduce((before, next) => reduce(before, next).state, state)
        .promotions.filter(({ stages }) => !stages.synced),
    ).map(line => line.replace(/,.*/, ''));

  it.each([
    ['was built later', 'linux/amd64', '2026-01-01T12:00:00Z', true],
    [
      'was built before, and only pushed later',
      'linux/amd64',
      '2026-01-01T08:00:00Z',
      false,
    ],
    [
      'was built for another platform',
      'linux/arm64',
      '2026-01-01T12:00:00Z',
      false,
    ],
    ['has no date', 'linux/amd64', '', false],
    [
      'was built a nanosecond later',
      'linux/amd64',
      '2026-01-01T09:00:00.000000001Z',
      true,
    ],
  ])('an image that %s', (_, platform, builtAt, isTaken) => {
    const push = pushed('2', 1, on(platform, builtAt));
    const expected = isTaken ? ['1.0.0 → 2'] : [];
    expect(waiting(start(), running, push)).toEqual(expected);
    expect(waiting(start(), push, running)).toEqual(expected);
    // The event arrives first. How the image was built is reported later.
    const { builds: __, ...event } = push;
    expect(waiting(start(), running, event, push)).toEqual(expected);
  });

  it('goes by the platform of the updater', () => {
    const push = pushed('2', 1, on('linux/arm64', '2026-01-01T12:00:00Z'));
    const state = { ...start(), updaterPlatform: 'linux/arm64' };
    expect(waiting(state, running, push)).toEqual(['1.0.0 → 2']);
    expect(reduce(state, push).state.updaterPlatform).toBe('linux/arm64');
  });
});

describe('several settings for one application', () => {
  const seenAt = '2026-01-01T13:00:00Z';
  const listing = (name: string, repository: string): ImageUpdaterResource => ({
    namespace: 'argocd',
    name,
    spec: imageUpdaterSpecSchema.parse({
      applicationRefs: [
        {
          namePattern: 'api-*',
          images: [{ alias: name, imageName: `${repository}:^1` }],
        },
      ],
    }),
  });

  it('come of the ImageUpdater that lists the image', () => {
    const simulation = world({
      annotations: {},
      images: { [API]: '1.0.0', [WEB]: '1.0.0' },
    });
    const { state } = play(simulation.push(API, '1.1.0').push(WEB, '1.2.0'));
    const { state: next } = reduce(state, {
      kind: 'image-updaters-observed',
      imageUpdaters: [listing('a', API), listing('b', WEB)],
      seenAt,
    });
    expect(outline(next.promotions.filter(p => !p.outcome))).toEqual([
      '1.0.0 → 1.1.0, pushed, under way',
      '1.0.0 → 1.2.0, pushed, under way',
    ]);
  });

  it('come of all aliases of an image, of which it is enough that one takes a push', () => {
    const annotations = {
      [`${UPDATER}image-list`]: `a=${API}:~1.0,b=${API}:^1`,
    };
    expect(outlineOfPushes(annotations, ['1.1.0'])).toEqual([
      '1.0.0 → 1.1.0, pushed, under way',
    ]);
    // Both aliases accept it, and it is one promotion.
    expect(outlineOfPushes(annotations, ['1.0.1'])).toEqual([
      '1.0.0 → 1.0.1, pushed, under way',
    ]);
    expect(outlineOfPushes(annotations, ['2.0.0'])).toEqual([]);
  });
});

import type { ImageUpdaterResource } from '../imageUpdaters';
import type { Application } from '../model/application';
import type { Observation } from '../model/observation';
import { imageUpdaterSpecSchema } from '../policy';
import { API, WEB } from '../testing/simulation';
import { outline } from '../testing/timeline';
import { play, UPDATER, world } from './__testUtils__/worlds';
import { repositoriesOf } from './evidence';
import { reduce } from './reduce';
import type { DeliveryState } from './types';

/** What became of each of these tags, pushed one after another, when nobody commits. */
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
  const told = (...imageUpdaters: ImageUpdaterResource[]) => ({
    kind: 'image-updaters-observed' as const,
    imageUpdaters,
    seenAt,
  });

  it('open promotions without any annotation, also of what was pushed before they came', () => {
    const { state } = play(world({ annotations: {} }).push(API, '1.0.1'));
    const { state: next, changes } = reduce(state, told(updater('~1.0')));
    expect(outline(next.promotions)).toEqual([
      '? → 1.0.0, synced #0, healthy, live',
      '1.0.0 → 1.0.1, pushed, under way',
    ]);
    expect(changes).toHaveLength(1);
    expect(reduce(next, told(updater('~1.0'))).changes).toEqual([]);
  });

  it('count before annotations, and no longer once they are gone', () => {
    const { state } = play(world().push(API, '1.1.0'));
    const { state: wider } = reduce(state, told(updater('^1')));
    expect(outline(wider.promotions)).toContain(
      '1.0.0 → 1.1.0, pushed, under way',
    );
    const { state: without } = reduce(state, told());
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
      const told = observed(resource(forceUpdate));
      const simulation = world();
      const first = reduce(play(simulation).state, told).state;
      expect(repositoriesOf(application(first), first.imageUpdaters)).toEqual(
        [API, WEB].sort(),
      );
      const pushed = simulation.push(WEB, '2.0.0').told.slice(-1);
      const before = pushed.reduce(
        (state, { observation }) => reduce(state, observation).state,
        first,
      );
      const after = reduce(play(simulation).state, told).state;
      expect(ofWeb(before)).toEqual(expected);
      expect(ofWeb(after)).toEqual(expected);
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

import type { ImageUpdaterResource } from '../imageUpdaters';
import { imageUpdaterSpecSchema } from '../policy';
import { API } from '../testing/simulation';
import { outline } from '../testing/timeline';
import { play, UPDATER, world } from './__testUtils__/worlds';
import { reduce } from './reduce';

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

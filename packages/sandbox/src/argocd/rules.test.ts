import fc from 'fast-check';
import { applyManifest, differs } from './cluster/diff';
import {
  advanceWorkload,
  applyWorkload,
  type Conditions,
} from './cluster/workload';
import type { Workload } from './cluster/types';
import { globMatch, Policy } from './rbac/Policy';
import { canSync, isActive, type SyncWindow } from './reconcile/windows';
import { parseImageOverride, withImages } from './render/kustomize/images';
import { parseDuration } from './time';
import type { Manifest } from './types';

const deployment = (image: string, spec: object = {}): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'api', namespace: 'dev' },
  spec: {
    replicas: 2,
    ...spec,
    template: { spec: { containers: [{ name: 'main', image }] } },
  },
});

describe('a rollout', () => {
  const conditions = (missing: string[] = []): Conditions => ({
    rolloutMs: 1000,
    terminationMs: 500,
    deadlineMs: 5000,
    failing: () => false,
    pull: image =>
      missing.includes(image)
        ? { state: 'missing', message: 'not found' }
        : { state: 'present' },
  });
  const live = (workload: Workload) =>
    workload.sets
      .flatMap(({ replicas, images, readyAt }) =>
        Array<string>(replicas).fill(
          `${images[0]}${readyAt === undefined ? '?' : ''}`,
        ),
      )
      .sort();

  it('keeps the old pods until the new ones are ready, and a little longer', () => {
    let state = advanceWorkload(
      applyWorkload(undefined, deployment('a:1'), 0),
      1000,
      conditions(),
    ).next;
    expect(live(state)).toEqual(['a:1', 'a:1']);
    state = applyWorkload(state, deployment('a:2'), 10_000);
    expect(live(state)).toEqual(['a:1', 'a:1', 'a:2?', 'a:2?']);
    const started = advanceWorkload(state, 10_000, conditions());
    expect(started.wakeAt).toBe(11_000);
    const ready = advanceWorkload(started.next, 11_000, conditions());
    expect(live(ready.next)).toEqual(['a:1', 'a:1', 'a:2', 'a:2']);
    expect(ready.wakeAt).toBe(11_500);
    const done = advanceWorkload(ready.next, 11_500, conditions());
    expect(live(done.next)).toEqual(['a:2', 'a:2']);
    expect(done.wakeAt).toBeUndefined();
  });

  it('is degraded after the deadline, and recovers when the image appears', () => {
    let state = advanceWorkload(
      applyWorkload(undefined, deployment('a:1'), 0),
      1000,
      conditions(),
    ).next;
    state = applyWorkload(state, deployment('a:2'), 10_000);
    state = advanceWorkload(state, 10_000, conditions(['a:2'])).next;
    expect(state.degraded).toBe(false);
    state = advanceWorkload(state, 15_000, conditions(['a:2'])).next;
    expect(state.degraded).toBe(true);
    expect(live(state)).toEqual(['a:1', 'a:1', 'a:2?', 'a:2?']);
    state = advanceWorkload(state, 16_000, conditions()).next;
    state = advanceWorkload(state, 17_000, conditions()).next;
    expect([state.degraded, live(state)]).toEqual([
      false,
      ['a:1', 'a:1', 'a:2', 'a:2'],
    ]);
  });

  it('always ends with exactly the wanted pods, whatever is applied when', () => {
    const step = fc.record({
      tag: fc.integer({ min: 1, max: 3 }),
      replicas: fc.integer({ min: 0, max: 3 }),
      wait: fc.integer({ min: 0, max: 2000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), steps => {
        let now = 0;
        let state: Workload | undefined;
        for (const { tag, replicas, wait } of steps) {
          state = applyWorkload(
            state,
            deployment(`a:${tag}`, { replicas }),
            now,
          );
          now += wait;
          state = advanceWorkload(state, now, conditions()).next;
        }
        for (
          let wakeAt: number | undefined = now;
          state && wakeAt !== undefined;

        ) {
          const result = advanceWorkload(
            state,
            Math.max(now, wakeAt),
            conditions(),
          );
          now = Math.max(now, wakeAt);
          state = result.next;
          wakeAt = result.wakeAt;
        }
        const last = steps[steps.length - 1];
        expect(state && live(state)).toEqual(
          Array(last.replicas).fill(`a:${last.tag}`),
        );
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the difference of wanted and live', () => {
  const base = deployment('a:1');
  it.each([
    ['the same', base, base, base, false],
    ['another image', deployment('a:2'), base, base, true],
    [
      'a default that the cluster added',
      base,
      deployment('a:1', { strategy: 'Recreate' }),
      base,
      false,
    ],
    [
      'a field that is no longer wanted',
      base,
      deployment('a:1', { paused: true }),
      deployment('a:1', { paused: true }),
      true,
    ],
    [
      'an empty map that the cluster dropped',
      deployment('a:1', { selector: {} }),
      base,
      base,
      false,
    ],
    ['status', { ...base, status: { replicas: 1 } }, base, base, false],
  ])('%s', (_, target, live, applied, expected) => {
    expect(differs(target, live, applied)).toBe(expected);
  });

  it('is none after applying', () => {
    const value = fc.letrec(tie => ({
      leaf: fc.oneof(fc.string(), fc.integer(), fc.boolean()),
      map: fc.dictionary(
        fc.constantFrom('a', 'b', 'c', 'd'),
        fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('map')),
        { maxKeys: 4 },
      ),
    })).map;
    fc.assert(
      fc.property(value, value, value, (before, after, foreign) => {
        const make = (spec: unknown): Manifest => ({ ...base, spec });
        const live = applyManifest(make(foreign), undefined, make(before));
        const applied = applyManifest(live, make(before), make(after));
        expect(differs(make(after), applied, make(after))).toBe(false);
        expect(applyManifest(applied, make(after), make(after))).toEqual(
          applied,
        );
      }),
      { numRuns: 2000 },
    );
  });
});

describe('sync windows', () => {
  const at = Date.parse('2026-11-23T03:30:00Z'); // a Monday
  const window = (
    kind: 'allow' | 'deny',
    schedule: string,
    manualSync = false,
  ): SyncWindow => ({ kind, schedule, duration: '1h', manualSync });
  it.each([
    ['* * * * *', undefined, true],
    ['30 3 * * *', 'UTC', true],
    ['30 4 * * *', 'Europe/Berlin', true],
    ['30 4 * * *', 'UTC', false],
    ['30 3 * * 1-5', undefined, true],
    ['30 3 * * 0,6', undefined, false],
    ['*/20 * * * *', undefined, false],
    // If both are restricted, it is enough that the day or the weekday matches.
    ['30 3 1 * 1', undefined, true],
    ['nonsense', undefined, false],
  ])('%s in the time zone %s is open: %s', (schedule, timeZone, expected) => {
    const open = { ...window('deny', schedule), duration: '1s', timeZone };
    expect(isActive(open, at)).toBe(expected);
  });
  it.each([
    [[], true, true],
    [[window('deny', '0 3 * * *')], false, false],
    [[window('deny', '0 3 * * *', true)], false, true],
    [[window('deny', '0 5 * * *')], true, true],
    [[window('allow', '0 3 * * *')], true, true],
    [[window('allow', '0 5 * * *')], false, false],
    [[window('allow', '0 5 * * *', true)], false, true],
    [[window('allow', '0 3 * * *'), window('deny', '0 3 * * *')], false, false],
  ])('%j', (windows, automated, manual) => {
    expect([canSync(windows, false, at), canSync(windows, true, at)]).toEqual([
      automated,
      manual,
    ]);
  });
  it('stays open for its duration', () => {
    const open = window('deny', '0 3 * * *');
    expect([isActive(open, at), isActive(open, at + 30 * 60_000)]).toEqual([
      true,
      false,
    ]);
  });
});

describe('policies and paths', () => {
  const policy = new Policy(
    'p, role:dev, applications, *, shop/*, allow\np, role:dev, applications, delete, */*, deny\ng, ann, role:dev # a comment',
  );
  it.each([
    ['ann', 'applications', 'sync', 'shop/api', true],
    ['ann', 'applications', 'sync', 'shop/team-a/api', true],
    ['ann', 'applications', 'delete', 'shop/api', false],
    ['ann', 'applications', 'sync', 'other/api', false],
    ['bob', 'applications', 'sync', 'shop/api', false],
    ['admin', 'clusters', 'update', '*', true],
    ['role:readonly', 'applications', 'get', 'a/b', true],
  ])('%s %s %s %s', (subject, resource, action, object, expected) => {
    expect(policy.allows(subject, resource, action, object)).toBe(expected);
  });
  it.each([
    ['*', 'a/b', true],
    ['a?c', 'abc', true],
    ['a/*/c', 'a/b/b/c', true],
    ['a.c', 'abc', false],
  ])('glob %s on %s', (glob, text, expected) => {
    expect(globMatch(glob, text)).toBe(expected);
  });
  it.each([
    ['3m', 180_000],
    ['1h30m', 5_400_000],
    ['50ms', 50],
    ['soon', undefined],
  ])('duration %s', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });
});

describe('Kustomize', () => {
  const images = (override: string, image: string) =>
    withImages([deployment(image)], [parseImageOverride(override)])[0].spec;
  it.each([
    ['r:5000/a:2', 'r:5000/a:1', 'r:5000/a:2'],
    ['a=r/b:2', 'a', 'r/b:2'],
    ['a@sha256:1', 'a:1', 'a@sha256:1'],
    ['b:2', 'a:1', 'a:1'],
  ])('%s on %s', (override, image, expected) => {
    expect(images(override, image)).toEqual(deployment(expected).spec);
  });
});

import type { Application, ApplicationResource } from '../model/application';
import type { DesiredImages } from '../promotion/types';
import { deployed, operation } from './__testUtils__/application';
import {
  actionFactsOf,
  isSameActionKey,
  toActionKey,
  versionChangeFactsOf,
} from './actionFacts';

const [source] = deployed().sources;

function keyOf(changes: Partial<Application>, desired?: DesiredImages): string {
  return toActionKey(actionFactsOf(deployed(changes), desired), text =>
    text.replaceAll('.', ','),
  );
}

const API: ApplicationResource = {
  group: 'apps',
  kind: 'Deployment',
  namespace: 'dev',
  name: 'api',
  syncStatus: 'OutOfSync',
};
const CONFIG = { ...API, group: '', kind: 'ConfigMap' };
const SECRET = { ...API, group: '', kind: 'Secret' };

function outOfSync(
  revision: string,
  unwell: ApplicationResource[],
  count = unwell.length,
): Partial<Application> {
  return {
    sync: { status: 'OutOfSync', revisions: [revision] },
    resources: { total: 99, outOfSync: count, unwell },
  };
}

describe('isSameActionKey', () => {
  const synced = { operation: operation({ phase: 'Succeeded' }) };
  const dryRun = operation({ phase: 'Succeeded', dryRun: true });

  it('passes over a dry run that has ended', () => {
    expect(isSameActionKey(keyOf(synced), keyOf({ operation: dryRun }))).toBe(
      true,
    );
  });

  it.each<[string, Partial<Application>]>([
    ['runs still', { operation: { ...dryRun, phase: 'Running' } }],
    [
      'came beside another change',
      { operation: dryRun, images: ['registry/api:9.0.0'] },
    ],
  ])('does not if it %s', (_, changes) => {
    expect(isSameActionKey(keyOf(synced), keyOf(changes))).toBe(false);
  });

  it('holds what came after a dry run for another state', () => {
    expect(isSameActionKey(keyOf({ operation: dryRun }), keyOf(synced))).toBe(
      false,
    );
  });
});

describe('actionFactsOf', () => {
  it.each<[string, Partial<Application>]>([
    ['a reconciliation', { resourceVersion: '101', reconciledAt: 'later' }],
    ['health', { health: { status: 'Degraded' } }],
    ['conditions', { conditions: [{ type: 'X', message: 'm' }] }],
    ['labels', { labels: { team: 'shop' } }],
    [
      'the order of images',
      { images: ['registry/proxy:2.0.0', 'registry/api:1.1.0'] },
    ],
  ])('stays the same with another of %s', (_, changes) => {
    expect(keyOf(changes)).toBe(keyOf({}));
  });

  it.each<[string, Partial<Application>]>([
    ['the sync status', { sync: { ...deployed().sync, status: 'OutOfSync' } }],
    ['images', { images: ['registry/api:1.2.0', 'registry/proxy:2.0.0'] }],
    ['the latest deployment', { history: deployed().history.slice(0, 1) }],
    ['an operation', { operation: operation() }],
    ['a branch', { sources: [{ ...source, targetRevision: 'next' }] }],
    [
      'parameters',
      { sources: [{ ...source, helmParameters: [{ name: 'a', value: '1' }] }] },
    ],
    ['automated sync', { automatedSync: true }],
    ['the namespace', { destination: { namespace: 'prod' } }],
    ['the project', { project: 'bank' }],
    ['an application of the same name', { uid: 'u2' }],
    ['its deletion', { deletedAt: '2026-11-23T04:20:00Z' }],
  ])('is another with another of %s', (_, changes) => {
    expect(isSameActionKey(keyOf({}), keyOf(changes))).toBe(false);
  });

  it('changes when an operation ends, or another one begins', () => {
    const texts = [
      operation(),
      operation({ phase: 'Succeeded' }),
      operation({ startedAt: '2026-11-23T04:30:00Z' }),
    ].map(one => keyOf({ operation: one }));
    expect(new Set(texts).size).toBe(3);
  });

  it.each<[string, Partial<Application>]>([
    ['reports its progress', { operation: operation({ message: 'wave 2' }) }],
    ['has applied a resource', outOfSync('d', [CONFIG])],
    ['has applied all', { sync: { status: 'Synced', revisions: ['d'] } }],
  ])('doesn’t change while an operation %s', (_, changes) => {
    const running = { operation: operation() };
    expect(
      isSameActionKey(
        keyOf({ ...outOfSync('c', [API, CONFIG]), ...running }),
        keyOf({ ...running, ...changes }),
      ),
    ).toBe(true);
  });
});

describe('actionFactsOf after another commit of the repository', () => {
  const synced = (revision: string): Partial<Application> => ({
    sync: { status: 'Synced', revisions: [revision] },
  });
  const wants = (revision: string, manifests?: string): DesiredImages => ({
    revisions: [revision],
    images: ['registry/api:1.2.0'],
    ...(manifests && { manifests }),
  });
  const dryRun = operation({ phase: 'Running', dryRun: true });
  type State = [Partial<Application>, DesiredImages?];

  it.each<[string, State, State]>([
    ['it is in sync', [synced('c')], [synced('d')]],
    [
      'its manifests are hydrated from another one, and it is in sync',
      [{ ...synced('c'), dryRevision: 'x' }],
      [{ ...synced('d'), dryRevision: 'y' }],
    ],
    [
      'Git wants the same',
      [outOfSync('c', [API]), wants('c', 'm1')],
      [outOfSync('d', [API]), wants('d', 'm1')],
    ],
    [
      'Git wants the same, and its resources are listed in another order',
      [outOfSync('c', [API, CONFIG]), wants('c', 'm1')],
      [outOfSync('d', [CONFIG, API]), wants('d', 'm1')],
    ],
    [
      'Git wants the same, and the health of one is another',
      [outOfSync('c', [API]), wants('c', 'm1')],
      [
        outOfSync('d', [{ ...API, health: { status: 'Degraded' } }]),
        wants('d', 'm1'),
      ],
    ],
    [
      'Git wants the same in Secrets that are in sync',
      [
        outOfSync('c', [API, { ...SECRET, syncStatus: 'Synced' }], 1),
        wants('c', 'm1'),
      ],
      [
        outOfSync('d', [API, { ...SECRET, syncStatus: 'Synced' }], 1),
        wants('d', 'm1'),
      ],
    ],
    [
      'somebody tries a sync',
      [{ ...outOfSync('c', [API]), operation: dryRun }, wants('c', 'm1')],
      [{ ...outOfSync('d', [API]), operation: dryRun }, wants('d', 'm1')],
    ],
  ])('accepts a page if %s', (_, before, now) => {
    expect(isSameActionKey(keyOf(...before), keyOf(...now))).toBe(true);
  });

  it('accepts a page that was shown before what Git wants was read', () => {
    const shown = keyOf(outOfSync('c', [API]));
    const read = keyOf(outOfSync('c', [API]), wants('c', 'm1'));
    expect([
      isSameActionKey(shown, read),
      isSameActionKey(read, shown),
    ]).toEqual([true, true]);
  });

  it.each<[string, State, State]>([
    [
      'Git wants something else',
      [outOfSync('c', [API]), wants('c', 'm1')],
      [outOfSync('d', [API]), wants('d', 'm2')],
    ],
    [
      'it is out of sync now',
      [synced('c')],
      [outOfSync('d', [API]), wants('d', 'm1')],
    ],
    [
      'another resource is out of sync',
      [outOfSync('c', [API]), wants('c', 'm1')],
      [outOfSync('d', [CONFIG]), wants('d', 'm1')],
    ],
    [
      'more are out of sync than are listed',
      [outOfSync('c', [API], 60), wants('c', 'm1')],
      [outOfSync('d', [API], 60), wants('d', 'm1')],
    ],
    [
      'what Git wants wasn’t read yet',
      [outOfSync('c', [API]), wants('c', 'm1')],
      [outOfSync('d', [API]), wants('c', 'm1')],
    ],
    [
      'it was read by an earlier version of Landfall',
      [outOfSync('c', [API]), wants('c')],
      [outOfSync('d', [API]), wants('d')],
    ],
    [
      'a Secret differs, whose values Argo CD masks',
      [outOfSync('c', [SECRET]), wants('c', 'm1')],
      [outOfSync('d', [SECRET]), wants('d', 'm1')],
    ],
    [
      'it can’t be compared',
      [{ sync: { status: 'Unknown', revisions: ['c'] } }, wants('c', 'm1')],
      [{ sync: { status: 'Unknown', revisions: ['d'] } }, wants('d', 'm1')],
    ],
    [
      'only the dry commit is another, and what Git wants isn’t known',
      [{ ...outOfSync('c', [API]), dryRevision: 'x' }],
      [{ ...outOfSync('c', [API]), dryRevision: 'y' }],
    ],
  ])('refuses a page if %s', (_, before, now) => {
    expect(isSameActionKey(keyOf(...before), keyOf(...now))).toBe(false);
  });
});

describe('versionChangeFactsOf', () => {
  const factsOf = (changes: Partial<Application>) =>
    versionChangeFactsOf(deployed(changes));

  it.each<[string, Partial<Application>]>([
    ['a compared commit', { sync: { status: 'Synced', revisions: ['f00'] } }],
    ['an operation', { operation: operation({ phase: 'Running' }) }],
    ['the history', { history: [] }],
  ])('stays the same with another of %s', (_, changes) => {
    expect(factsOf(changes)).toEqual(factsOf({}));
  });

  it.each<[string, Partial<Application>]>([
    ['image', { images: ['registry/api:9.0.0'] }],
    ['source', { sources: [{ ...source, path: 'other' }] }],
    ['project', { project: 'other' }],
  ])('changes with another %s', (_, changes) => {
    expect(factsOf(changes)).not.toEqual(factsOf({}));
  });
});

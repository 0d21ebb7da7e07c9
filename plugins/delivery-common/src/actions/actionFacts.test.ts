import type { Application } from '../model/application';
import { deployed, operation } from './__testUtils__/application';
import {
  actionFactsOf,
  isSameActionKey,
  toActionKey,
  versionChangeFactsOf,
} from './actionFacts';

const [source] = deployed().sources;

function keyOf(changes: Partial<Application>): string {
  return toActionKey(actionFactsOf(deployed(changes)), text =>
    text.replaceAll('.', ','),
  );
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
    ['what Git wants', { sync: { status: 'OutOfSync', revisions: ['c'] } }],
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
    ['the dry revision', { dryRevision: 'd' }],
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

  it('doesn’t change while an operation reports its progress', () => {
    expect(keyOf({ operation: operation({ message: 'wave 2' }) })).toBe(
      keyOf({ operation: operation() }),
    );
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

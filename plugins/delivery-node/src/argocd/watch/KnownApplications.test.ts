import type { Application } from '@landfall/backstage-plugin-delivery-common';
import fc from 'fast-check';
import { decodeApplication } from '../decode';
import { KnownApplications } from './KnownApplications';

function application(uid: number, version: number): Application {
  const decoded = decodeApplication('main', {
    metadata: {
      name: 'api',
      namespace: 'argocd',
      uid: `uid-${uid}`,
      resourceVersion: String(version),
    },
    spec: { project: 'shop' },
  });
  if (!decoded.ok) {
    throw decoded.error;
  }
  return decoded.application;
}

interface State {
  version: number;
  application?: Application;
}

/**
 * The states of one application in the API server: created, changed, deleted
 * and created again under the same name.
 */
function historyOf(steps: ('change' | 'delete')[]): State[] {
  const states: State[] = [{ version: 8, application: application(0, 8) }];
  let uid = 0;
  steps.forEach((step, index) => {
    const version = 9 + index;
    const before = states[states.length - 1].application;
    if (step === 'delete' && before) {
      states.push({ version });
    } else {
      uid += before ? 0 : 1;
      states.push({ version, application: application(uid, version) });
    }
  });
  return states;
}

const MOVES = [
  'event',
  'list asked',
  'list seen',
  'list answered',
  'read asked',
  'read seen',
  'read answered',
] as const;
type Move = (typeof MOVES)[number];

/** A pending list or read; `seen` is its result. */
interface Asked {
  window: ReturnType<KnownApplications['openWindow']>;
  seen?: State;
}

/**
 * Plays a history to a listener. Events arrive in order, but later than the
 * state that lists and reads see, and the answers to these take time. Returns
 * everything that the listener received.
 */
function play(states: State[], moves: Move[]): State[] {
  const known = new KnownApplications(() => 0);
  const ref = { instance: 'main', namespace: 'argocd', name: 'api' };
  const delivered: State[] = [];
  const asked: { list?: Asked; read?: Asked } = {};
  // Positions of the events, and of the cache behind lists and reads.
  let sent = 0;
  let cache = 0;

  const ask = (what: 'list' | 'read') => {
    asked[what] ??= { window: known.openWindow() };
  };
  const see = (what: 'list' | 'read') => {
    const question = asked[what];
    if (question && !question.seen) {
      // The cache is slightly ahead of the events.
      cache = Math.min(cache + 1, states.length - 1);
      question.seen = states[cache];
    }
  };
  const answer = (what: 'list' | 'read') => {
    const { window, seen } = asked[what] ?? {};
    if (!window || !seen) {
      return;
    }
    asked[what] = undefined;
    known.closeWindow(window);
    if (what === 'read') {
      if (known.read(ref, seen.application, window) !== 'nothing') {
        delivered.push(seen);
      }
      return;
    }
    const [one] = known.list(
      {
        applications: seen.application ? [seen.application] : [],
        undecodable: [],
      },
      window,
    ).applications;
    const last = delivered.at(-1);
    if (one) {
      delivered.push({
        version: Number(one.resourceVersion),
        application: one,
      });
    } else if (last?.application) {
      // A repeated deletion changes nothing and has no version.
      delivered.push({ version: Math.max(seen.version, last.version) });
    }
  };
  const event = () => {
    const state = states[sent + 1];
    if (!state) {
      return;
    }
    sent += 1;
    cache = Math.max(cache, sent);
    const isNews = state.application
      ? known.changed(state.application)
      : known.deleted(ref, states[sent - 1].application?.uid);
    if (isNews) {
      delivered.push(state);
    }
  };
  const act: Record<Move, () => void> = {
    event,
    'list asked': () => ask('list'),
    'list seen': () => see('list'),
    'list answered': () => answer('list'),
    'read asked': () => ask('read'),
    'read seen': () => see('read'),
    'read answered': () => answer('read'),
  };
  cache = -1;
  ask('list');
  see('list');
  answer('list');
  moves.forEach(move => act[move]());
  states.forEach(event);
  answer('list');
  answer('read');
  return delivered;
}

describe('KnownApplications', () => {
  const histories = fc
    .array(fc.constantFrom<'change' | 'delete'>('change', 'change', 'delete'), {
      maxLength: 8,
    })
    .map(historyOf);
  const moves = fc.array(fc.constantFrom<Move>('event', ...MOVES), {
    maxLength: 40,
  });

  it('ends with the last state, whatever arrives in between', () => {
    fc.assert(
      fc.property(histories, moves, (states, some) => {
        const delivered = play(states, some).at(-1);
        expect(delivered?.application).toEqual(
          states[states.length - 1].application,
        );
      }),
      { numRuns: 5000 },
    );
  });

  it('never goes back to an earlier state', () => {
    fc.assert(
      fc.property(histories, moves, (states, some) => {
        const versions = play(states, some).map(({ version }) => version);
        expect(versions).toEqual([...versions].sort((a, b) => a - b));
      }),
      { numRuns: 5000 },
    );
  });

  it('never goes back to a state before a read', () => {
    const known = new KnownApplications(() => 0);
    known.list(
      { applications: [application(0, 8)], undecodable: [] },
      known.openWindow(),
    );
    expect(known.changed(application(0, 9))).toBe(true);
    // A stream starts with the state from before the read.
    expect(known.changed(application(0, 7))).toBe(false);
    expect(known.changed(application(0, 10))).toBe(true);
  });

  it('ignores an outdated answer from a lagging cache', () => {
    const known = new KnownApplications(() => 0);
    const list = (version: number) => {
      const window = known.openWindow();
      known.closeWindow(window);
      return known.list(
        { applications: [application(0, version)], undecodable: [] },
        window,
      );
    };
    list(8);
    known.changed(application(0, 10));
    const { ref } = application(0, 9);
    expect(known.read(ref, application(0, 9), new Map())).toBe('nothing');
    // A list is accepted as it is. What is behind in it must be read again.
    expect(list(9)).toMatchObject({ behind: [ref] });
    expect(known.read(ref, application(0, 10), new Map())).toBe('changed');
  });

  it('compares only for equality when versions aren’t numbers, or after the lag has passed', () => {
    let now = 0;
    const known = new KnownApplications(() => now);
    const window = known.openWindow();
    known.list({ applications: [application(0, 20)], undecodable: [] }, window);
    known.closeWindow(window);
    expect(known.changed(application(0, 9))).toBe(false);
    now = 10_000;
    // As after restoring a backup of the cluster's store.
    expect(known.changed(application(0, 9))).toBe(true);
    const opaque = { ...application(0, 9), resourceVersion: 'b' };
    expect(known.changed(opaque)).toBe(true);
    expect(known.changed({ ...opaque, resourceVersion: 'a' })).toBe(true);
    expect(known.changed({ ...opaque, resourceVersion: 'a' })).toBe(false);
  });
});

import { readRecordingText } from '@landfall/testing-kit';
import type { Application } from '../model/application';
import type { Promotion } from '../model/promotion';
import { initialState, reduce } from '../promotion';
import { toApplication, type ArgoApplication } from '../testing/application';
import { observationsOf, readRecording } from '../__testUtils__/recordings';
import { formatStuckReason } from './stuckMessage';
import type { StuckCode } from './types';
import { whyStuck } from './whyStuck';

/** The codes that a recorded promotion went through, each once, in order. */
function codesOf(recording: string, name: string): StuckCode[] {
  const ref = { instance: 'main', namespace: 'argocd', name };
  let state = initialState(ref);
  const codes: StuckCode[] = [];
  for (const observation of observationsOf(
    readRecording('promotions', recording),
    name,
  )) {
    state = reduce(state, observation).state;
    const { application, promotions } = state;
    for (const promotion of application ? promotions : []) {
      const reason =
        application &&
        whyStuck(
          promotion,
          {
            application,
            imageUpdaters: [],
          },
          new Date(observation.seenAt),
        );
      if (reason && codes.at(-1) !== reason.code) {
        codes.push(reason.code);
      }
    }
  }
  return codes;
}

describe('what recorded promotions waited for', () => {
  it.each<[string, string, StuckCode[]]>([
    [
      'helmvalues',
      'api-dev',
      ['updater-cycle', 'sync-pending', 'syncing', 'rolling-out'],
    ],
    [
      'argocd-method',
      'mail',
      ['updater-cycle', 'not-refreshed', 'syncing', 'rolling-out'],
    ],
    [
      'manual-sync-then-rollback',
      'checkout',
      ['automated-sync-off', 'syncing', 'rolling-out'],
    ],
    [
      'fails-degraded',
      'fragile',
      ['updater-cycle', 'sync-pending', 'syncing', 'rolling-out', 'degraded'],
    ],
  ])('%s: %s', (recording, application, codes) => {
    expect(codesOf(recording, application)).toEqual(codes);
  });
});

/** An application from a recorded list of Argo CD. */
function recorded(name: string): Application {
  const { response } = JSON.parse(
    readRecordingText('argocd/02-list-full.json'),
  );
  const items: ArgoApplication[] = response.body.items;
  const found = items.find(({ metadata }) => metadata.name === name);
  if (!found) {
    throw new Error(`No application ${name} was recorded`);
  }
  return toApplication('main', found);
}

/** A promotion into a recorded application, as far as its state shows one. */
function promotionInto(
  application: Application,
  stages: 'committed' | 'synced',
): Promotion {
  const at = { at: '2026-11-23T03:40:00.000Z', basis: 'reported' } as const;
  const { operation } = application;
  return {
    id: 'promotion',
    application: application.ref,
    repository: 'registry.example.com/shop/api',
    version: { tag: '1.0.1' },
    stages: { committed: at, ...(stages === 'synced' && { synced: at }) },
    ...(operation && {
      sync: {
        revisions: operation.revisions,
        startedAt: operation.startedAt,
      },
    }),
  };
}

describe('what promotions into recorded applications wait for', () => {
  it.each<[string, 'committed' | 'synced', StuckCode, string]>([
    [
      'badpath',
      'committed',
      'comparison-failed',
      'Failed to load target state: failed to generate manifest',
    ],
    ['hookfail', 'committed', 'sync-failing', 'synchronization tasks'],
    ['unknownkind', 'committed', 'sync-failing', 'are not valid'],
    ['sleeper', 'synced', 'suspended', 'paused'],
    ['ghost', 'synced', 'missing', 'missing'],
    ['search', 'synced', 'degraded', 'is Degraded'],
  ])('%s, %s: %s', (name, stage, code, message) => {
    const application = recorded(name);
    const reason = whyStuck(
      promotionInto(application, stage),
      { application, imageUpdaters: [] },
      new Date('2026-11-23T05:00:00Z'),
    );
    expect(reason?.code).toBe(code);
    expect(reason && formatStuckReason(reason)).toContain(message);
  });
});

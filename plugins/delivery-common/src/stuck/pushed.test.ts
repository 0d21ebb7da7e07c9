import { imageUpdaterSpecSchema } from '../image-updater';
import type { Application } from '../model/application';
import {
  application,
  at,
  promotion,
  updated,
} from '../promotion/__testUtils__/builders';
import { API } from '../testing/simulation';
import { formatStuckReason } from './stuckMessage';
import type { StuckEvidence } from './types';
import { whyStuck } from './whyStuck';

const OBSERVED = { basis: 'observed' as const };
const PUSHED = promotion('new', {
  version: { tag: '1.0.1' },
  stages: { pushed: { at: at('12:20'), ...OBSERVED } },
});

function why(
  overrides: Partial<Application>,
  evidence: Partial<StuckEvidence> = {},
  now = '13:00',
) {
  const reason = whyStuck(
    PUSHED,
    {
      application: application({
        annotations: updated(),
        reconciledAt: at('12:59'),
        ...overrides,
      }),
      imageUpdaters: [],
      ...evidence,
    },
    new Date(at(now)),
  );
  return reason && [reason.code, formatStuckReason(reason)];
}

const UNUSABLE = {
  namespace: 'argocd',
  name: 'shop',
  spec: imageUpdaterSpecSchema.parse({
    applicationRefs: [
      {
        namePattern: '*',
        images: [
          {
            alias: 'app',
            imageName: API,
            manifestTargets: {
              helm: { name: 'image.name', tag: 'image.tag' },
              kustomize: { name: 'api' },
            },
          },
        ],
      },
    ],
  }),
};

describe('what a pushed version waits for', () => {
  it.each<[string, ReturnType<typeof why>, string, string]>([
    [
      'Argo CD has not compared since the push',
      why({ reconciledAt: at('12:10') }),
      'comparison-pending',
      "Waiting for Argo CD's next comparison",
    ],
    [
      'the updater commits to one application after the other',
      why(
        {},
        {
          updateProgress: {
            committed: 120,
            total: 300,
            committedAt: at('12:59'),
          },
        },
      ),
      'updater-queue',
      'working through its queue: 120 of 300',
    ],
    [
      'the updater stopped in between',
      why(
        {},
        {
          updateProgress: {
            committed: 120,
            total: 300,
            committedAt: at('12:30'),
          },
        },
      ),
      'updater-not-enabled',
      'no ImageUpdater with useAnnotations',
    ],
    [
      'no ImageUpdater is visible, but one committed before',
      why({}, { updaterCommittedAt: at('12:15') }),
      'updater-not-visible',
      'committed for this application at 2026-01-01T12:15:00.000Z, so one exists',
    ],
    [
      'the settings of the ImageUpdater are unusable',
      why({ annotations: {} }, { imageUpdaters: [UNUSABLE] }),
      'updater-unusable',
      'keep one of helm, kustomize and plugin in its manifestTargets',
    ],
  ])('%s', (_, found, code, sentence) => {
    expect(found).toEqual([code, expect.stringContaining(sentence)]);
  });
});

it('says that no pods run a synced version', () => {
  const synced = promotion('new', {
    stages: { synced: { at: at('12:20'), ...OBSERVED } },
  });
  const reason = whyStuck(
    synced,
    { application: application({ images: [] }), imageUpdaters: [] },
    new Date(at('12:21')),
  );
  expect(reason && formatStuckReason(reason)).toBe('No pods run it now');
});

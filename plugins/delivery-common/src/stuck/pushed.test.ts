import {
  type ImageUpdaterResource,
  imageUpdaterSpecSchema,
  type ReportedUpdate,
} from '../image-updater';
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

const REF = application().ref;

/** An ImageUpdater that enables the annotations, and what it reports. */
function reporting(update?: Partial<ReportedUpdate>): ImageUpdaterResource {
  return {
    namespace: REF.namespace,
    name: 'api',
    spec: imageUpdaterSpecSchema.parse({
      applicationRefs: [{ namePattern: REF.name, useAnnotations: true }],
    }),
    lastCheckedAt: at('12:58'),
    ...(update && {
      updates: [
        { repository: API, version: '1.0.1', at: at('12:22'), ...update },
      ],
    }),
  };
}

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
      'the ImageUpdater has not updated anything',
      why({}, { imageUpdaters: [reporting()] }),
      'updater-overdue',
      'argocd/api last checked its applications at 2026-01-01T12:58:00.000Z',
    ],
    [
      'an event reports an update of the application',
      why({}, { imageUpdaters: [reporting({ application: REF.name })] }),
      'updater-overdue',
      'it updated this application to 1.0.1 at 2026-01-01T12:22:00.000Z, but Argo CD shows no such commit. Check that it writes to the repository',
    ],
    [
      'the status reports an update of some applications',
      why({}, { imageUpdaters: [reporting({})] }),
      'updater-overdue',
      'the ImageUpdater argocd/api reports that it updated the image to 1.0.1 at',
    ],
    [
      'an event reports an update of another application',
      why({}, { imageUpdaters: [reporting({ application: 'other' })] }),
      'updater-overdue',
      'last checked its applications',
    ],
    [
      'another version was reported',
      why({}, { imageUpdaters: [reporting({ version: '1.0.0' })] }),
      'updater-overdue',
      'last checked its applications',
    ],
    [
      'the same version was reported before the push',
      why({}, { imageUpdaters: [reporting({ at: at('12:19') })] }),
      'updater-overdue',
      'last checked its applications',
    ],
    ...(
      [
        [
          'kubernetes-forbidden',
          'bind the service account of the portal to a ClusterRole with apiGroups: [argocd-image-updater.argoproj.io], resources: [imageupdaters], verbs: [list, watch]',
        ],
        ['kubernetes-missing', 'install Image Updater 1 there'],
        ['kubernetes-unreachable', 'The Kubernetes API did not answer'],
        ['kubernetes-failed', 'The log of the portal says more'],
      ] as const
    ).map(
      ([reason, sentence]): [
        string,
        ReturnType<typeof why>,
        string,
        string,
      ] => [
        `reading from Kubernetes failed: ${reason}`,
        why(
          {},
          { unreadable: { imageUpdaters: { reason, since: at('12:00') } } },
        ),
        'updaters-unreadable',
        sentence,
      ],
    ),
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

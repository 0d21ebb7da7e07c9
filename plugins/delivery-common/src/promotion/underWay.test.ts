import type { Application } from '../model/application';
import type { ImagePushed, Observation } from '../model/observation';
import { API } from '../testing/simulation';
import { outline } from '../testing/timeline';
import {
  application,
  at,
  digest,
  entry,
  operation,
  sha,
  source,
  updated,
  updaterCommit,
} from './__testUtils__/builders';
import { initialState, reduce } from './reduce';
import type { DeliveryState } from './types';

/*
 * Promotions that stayed under way for ever, although Argo CD called the
 * application Synced and Healthy.
 */

function play(...applications: Partial<Application>[]): DeliveryState {
  return applications.reduce<DeliveryState>(
    (state, overrides, index) =>
      reduce(state, {
        kind: 'application-observed',
        application: application(overrides),
        seenAt: at(`13:0${index}`),
      }).state,
    initialState(application().ref),
  );
}

const images = (...tags: string[]) => tags.map(tag => `${API}:${tag}`);
const healthy = (time: string) => ({
  health: { status: 'Healthy' as const, lastTransitionTime: at(time) },
});

/** Runs 1.0.0, by entry 1. */
const FIRST: Partial<Application> = {
  history: [entry(1)],
  operation: operation({ images: images('1.0.0') }),
};

/** Entry 20 applied 1.1.0, which has been Healthy since 12:21. */
const SYNCED: Partial<Application> = {
  sync: { status: 'Synced', revisions: [sha('b')] },
  history: [entry(1), entry(20, { revisions: [sha('b')] })],
  operation: operation({
    revisions: [sha('b')],
    startedAt: at('12:20'),
    finishedAt: at('12:20:30'),
    images: images('1.1.0'),
  }),
  ...healthy('12:21'),
};

const REPLACED =
  '? → 1.0.0, synced #1, healthy, superseded (Replaced by 1.1.0)';
const LIVE = '1.0.0 → 1.1.0, synced #20, healthy, live';

describe('a rollout ends', () => {
  it.each<[string, string[], string[]]>([
    ['when only the new version runs', ['1.1.0'], ['1.1.0']],
    ['though the former version also stays', ['1.0.0', '1.1.0'], ['1.0.0']],
    ['though no pod runs it', [], []],
    ['though pods of the former version stay', ['1.0.0'], ['1.0.0']],
  ])('%s', (_, tags, next) => {
    const state = play(
      FIRST,
      { ...SYNCED, images: images(...tags), reconciledAt: at('12:31') },
      // What is left over is no new version, alone or not.
      { ...SYNCED, images: images(...next), reconciledAt: at('12:41') },
    );
    expect(outline(state.promotions)).toEqual([REPLACED, LIVE]);
  });

  it('before the first pod: what no pod runs any more is a change again', () => {
    const state = play(
      FIRST,
      { ...SYNCED, images: images('1.0.0'), reconciledAt: at('12:31') },
      { ...SYNCED, images: images('1.1.0'), reconciledAt: at('12:41') },
      { ...SYNCED, images: images('1.0.0'), reconciledAt: at('12:51') },
    );
    expect(state.promotions.at(-1)).toMatchObject({
      version: { tag: '1.0.0' },
      outcome: 'live',
    });
  });

  it('at first sight, though the sync of another revision failed', () => {
    const state = play({
      ...FIRST,
      sync: { status: 'OutOfSync', revisions: [sha('c')] },
      operation: operation({
        phase: 'Failed',
        revisions: [sha('c')],
        startedAt: at('12:06'),
        finishedAt: at('12:07'),
        images: images('1.2.0'),
      }),
    });
    expect(
      state.promotions.find(({ version }) => version.tag === '1.0.0')?.outcome,
    ).toBe('live');
  });

  it('with its sync, though the sync reports no images and pods follow later', () => {
    const silent = {
      ...SYNCED,
      operation: operation({
        revisions: [sha('b')],
        startedAt: at('12:20'),
        finishedAt: at('12:20:30'),
      }),
      ...healthy('12:05'),
    };
    const state = play(
      FIRST,
      { ...silent, images: images('1.0.0'), reconciledAt: at('12:20:40') },
      {
        ...silent,
        images: images('1.0.0', '1.1.0'),
        health: { status: 'Progressing', lastTransitionTime: at('12:24') },
        reconciledAt: at('12:24'),
      },
      {
        ...silent,
        ...healthy('12:25'),
        images: images('1.1.0'),
        reconciledAt: at('12:25'),
      },
    );
    expect(outline(state.promotions)).toEqual([REPLACED, LIVE]);
  });
});

describe('an image with several tags', () => {
  const annotations = updated('', 'alphabetical');
  const pushed = (
    tags: string[],
    pushedAt: string,
    seenAt: string,
  ): ImagePushed => ({
    kind: 'image-pushed',
    repository: API,
    digest: digest('d'),
    tags,
    pushedAt,
    seenAt,
  });
  const observe = (
    settings: Record<string, string>,
    ...pushes: ImagePushed[]
  ) => {
    const seen: Observation = {
      kind: 'application-observed',
      application: application({ ...FIRST, annotations: settings }),
      seenAt: at('12:15'),
    };
    return [seen, ...pushes].reduce<DeliveryState>(
      (state, observation) => reduce(state, observation).state,
      initialState(application().ref),
    );
  };
  const LONG_AGO = '2025-11-22T12:00:00.000Z';

  it('is pushed now under a tag that it gets 40 days later', () => {
    const settings = {
      ...updated('', 'alphabetical'),
      'argocd-image-updater.argoproj.io/app.allow-tags': 'regexp:^prod-',
    };
    const state = observe(
      settings,
      pushed(['1.4.2'], LONG_AGO, at('12:16')),
      pushed(['1.4.2', 'prod-1.4.2'], LONG_AGO, at('13:00')),
    );
    expect(state.promotions.filter(p => !p.outcome)).toMatchObject([
      {
        version: { tag: 'prod-1.4.2', digest: digest('d') },
        stages: { pushed: { at: at('13:00'), basis: 'observed' } },
      },
    ]);
  });

  it('has one promotion if CI pushes it under one tag after the other', () => {
    const state = observe(
      annotations,
      pushed(['07bfd2596'], at('13:00'), at('13:00')),
      pushed(['latest'], at('13:00:02'), at('13:00:02')),
    );
    expect(state.promotions.filter(p => !p.outcome)).toMatchObject([
      { version: { tag: 'latest' }, stages: { pushed: { at: at('13:00') } } },
    ]);
  });

  it('has one promotion if it is committed under the other tag', () => {
    const before = observe(
      annotations,
      pushed(['07bfd2596', 'latest'], at('13:00'), at('13:00')),
    );
    const committed = [
      {
        kind: 'application-observed' as const,
        application: application({
          ...FIRST,
          annotations,
          sync: { status: 'OutOfSync', revisions: [sha('c')] },
        }),
        seenAt: at('13:01'),
      },
      {
        ...updaterCommit(sha('c'), '07bfd2596'),
        repoUrl: source().repoUrl,
        kind: 'revision-resolved' as const,
        seenAt: at('13:02'),
      },
    ].reduce<DeliveryState>(
      (state, observation) => reduce(state, observation).state,
      before,
    );
    expect(committed.promotions.filter(p => !p.outcome)).toMatchObject([
      { version: { tag: '07bfd2596' }, stages: { committed: {} } },
    ]);
  });
});

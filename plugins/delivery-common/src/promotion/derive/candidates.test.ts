import { API } from '../../testing/simulation';
import {
  application,
  at,
  type DraftOptions,
  draftOf,
  evidence,
  image,
  pendingContext,
  promotion,
  rollout,
  updated,
} from '../__testUtils__/builders';
import { promotionId } from '../identity';
import { reported } from '../stageTimes';
import { findCandidates } from './candidates';

const V0 = { tag: '1.0.0' };
const current = application({ annotations: updated() });
const running: DraftOptions = {
  application: current,
  promotions: [promotion('old', { stages: { synced: reported(at('11:00')) } })],
  repository: { live: { id: 'old', version: V0 }, counts: { '1.0.0': 1 } },
  memory: {
    firstSeenAt: at('10:00'),
    runs: [rollout('old', '1.0.0')],
  },
};

function find(
  options: DraftOptions,
  items: Parameters<typeof pendingContext>[1] = [],
) {
  const { candidates, refused } = findCandidates(
    pendingContext({ ...running, ...options }, items),
  );
  const tagOf = (id: string) => id.split('|')[2];
  return {
    candidates: [...candidates.keys()].map(tagOf),
    refused: [...refused].map(tagOf),
    all: candidates,
  };
}

describe('findCandidates', () => {
  const after = image('1.0.1', at('12:00'));

  it('opens a newer version that the policy accepts', () => {
    const { all, refused } = find({ images: [after] });
    const id = promotionId(draftOf().ref, API, { tag: '1.0.1' }, 1);
    expect([...all]).toEqual([
      [id, { version: { tag: '1.0.1', digest: after.digest }, previous: V0 }],
    ]);
    expect(refused).toEqual([]);
  });

  it.each([
    ['that is older than what ran', '1.0.0-rc.1', [], ['1.0.0-rc.1']],
    ['that the policy doesn’t accept', '1.1.0', [], []],
    ['that is what runs', '1.0.0', [], ['1.0.0']],
  ])('opens no version %s', (_, tag, candidates, refused) => {
    const annotations = updated('~1.0-0');
    const result = find({
      application: application({ annotations }),
      images: [image(tag, at('12:00'))],
    });
    expect(result.candidates).toEqual(candidates);
    expect(result.refused).toEqual(refused);
  });

  it('opens nothing from before the application was known', () => {
    const images = [image('1.0.1', at('09:59')), image('1.0.2', at('10:00'))];
    expect(find({ images }).candidates).toEqual(['1.0.2']);
    const memory = { ...running.memory, firstSeenAt: undefined };
    expect(find({ images, memory }).candidates).toEqual([]);
  });

  it('opens nothing without a policy', () => {
    const result = find({ application: application(), images: [after] });
    expect(result.candidates).toEqual([]);
  });

  it.each([
    ['never by itself', {}, [], ['1.0.1']],
    [
      'if the updater is forced to',
      { 'app.force-update': 'true' },
      ['1.0.1'],
      [],
    ],
  ])(
    'opens a version of an image that isn’t used: %s',
    (_, extra, candidates, refused) => {
      const annotations = {
        ...updated(),
        ...Object.fromEntries(
          Object.entries(extra).map(([key, value]) => [
            `argocd-image-updater.argoproj.io/${key}`,
            String(value),
          ]),
        ),
      };
      const result = find({
        application: application({ annotations, images: [] }),
        repository: undefined,
        memory: { firstSeenAt: at('10:00') },
        images: [after],
      });
      expect(result.candidates).toEqual(candidates);
      expect(result.refused).toEqual(refused);
    },
  );

  it('compares with what ran when the image was pushed', () => {
    const next = promotion('new', {
      version: { tag: '1.0.5' },
      previous: V0,
      stages: { synced: reported(at('12:30')) },
    });
    const options = {
      promotions: [...(running.promotions ?? []), next],
      memory: {
        ...running.memory,
        runs: [rollout('old', '1.0.0'), rollout('new', '1.0.5')],
      },
    };
    const before = find({ ...options, images: [after] });
    expect([...before.all.values()]).toMatchObject([
      {
        outcome: 'superseded',
        outcomeAt: reported(at('12:30')),
        previous: V0,
      },
    ]);
    const late = find({ ...options, images: [image('1.0.1', at('12:31'))] });
    expect(late.candidates).toEqual([]);
    expect(late.refused).toEqual(['1.0.1']);
  });

  it('opens no version again that was deployed, by rollout or by the history', () => {
    const imported = promotion('imported', {
      version: { tag: '1.0.1' },
      stages: { synced: reported(at('12:10')) },
    });
    const byHistory = { promotions: [imported], images: [after] };
    expect(find(byHistory).candidates).toEqual([]);
    const committed = {
      ...imported,
      stages: { committed: imported.stages.synced },
    };
    expect(find({ ...byHistory, promotions: [committed] }).candidates).toEqual([
      '1.0.1',
    ]);
  });

  it('refuses a build of unknown date that the updater passed over', () => {
    const options = {
      application: application({
        annotations: updated('~1.0', 'newest-build'),
      }),
      images: [after, image('1.0.2', at('12:40'))],
    };
    const passing = [evidence('1.0.3', 1)];
    expect(find(options).candidates).toEqual(['1.0.1', '1.0.2']);
    expect(find(options, passing).candidates).toEqual(['1.0.2']);
    expect(find(options, passing).refused).toEqual(['1.0.1']);
    const builds = [{ platform: 'linux/amd64', builtAt: at('11:30') }];
    const known = image('1.0.4', at('12:00'), { builds });
    const images = [known, ...options.images];
    expect(find({ ...options, images }, passing).candidates).toEqual([
      '1.0.4',
      '1.0.2',
    ]);
  });

  it('ends a version when too many newer ones are pending', () => {
    const images = [1, 2, 3, 4, 5, 6].map(number =>
      image(`1.0.${number}`, at(`12:0${number}`)),
    );
    const outcomes = [...find({ images }).all.values()].map(c => c.outcome);
    expect(outcomes).toEqual([
      'superseded',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

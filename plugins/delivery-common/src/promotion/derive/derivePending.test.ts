import { API } from '../../testing/simulation';
import {
  application,
  at,
  CONFIG,
  draftOf,
  type DraftOptions,
  evidence,
  image,
  promotion,
  rollout,
  sha,
  updated,
} from '../__testUtils__/builders';
import { promotionId } from '../identity';
import { reported } from '../stageTimes';
import type { VersionEvidence } from '../versionEvidence';
import { derivePending } from './derivePending';

const idOf = (tag: string, number = 1) =>
  promotionId(draftOf().ref, API, { tag }, number);

function derive(options: DraftOptions, items: VersionEvidence[] = []) {
  const draft = draftOf({
    application: application({ annotations: updated() }),
    ...options,
    memory: { firstSeenAt: at('10:00'), ...options.memory },
  });
  derivePending(draft, API, items);
  return Object.fromEntries(
    draft
      .allPromotions()
      .map(({ id, stages, outcome }) => [
        id,
        [...Object.keys(stages), ...(outcome ? [outcome] : [])],
      ]),
  );
}

describe('derivePending', () => {
  const images = [image('1.0.1', at('12:00'))];

  it('opens what is pushed, what is committed, and what is both', () => {
    expect(
      derive({ images: [...images, image('1.0.2', at('12:01'))] }, [
        evidence('1.0.2', 1),
        evidence('1.0.3', 2),
      ]),
    ).toEqual({
      [idOf('1.0.1')]: ['pushed'],
      [idOf('1.0.2')]: ['pushed', 'committed'],
      [idOf('1.0.3')]: ['committed'],
    });
  });

  it.each([
    ['uncertain evidence', [evidence('1.0.1', 1, { certain: false })], {}],
    [
      'evidence of what is applied',
      [evidence('1.0.1', 1)],
      {
        memory: {
          runs: [rollout('p', '1.0.1', { position: 2, revisions: [] })],
        },
      },
    ],
    [
      'evidence that the next rollout of the same version covers',
      [evidence('1.0.1', 4)],
      {
        memory: {
          runs: [rollout('p', '1.0.1', { position: 2, revisions: [] })],
        },
      },
    ],
    [
      'anything, if the application is gone',
      [evidence('1.0.1', 1)],
      { images, goneAt: at('13:00') },
    ],
    [
      'anything, before the application is known',
      [evidence('1.0.1', 1)],
      { images, application: undefined },
    ],
  ])('opens nothing for %s', (_, items, options) => {
    expect(derive(options, items)).toEqual({});
  });

  it('numbers a version by its rollouts', () => {
    const repository = { counts: { '1.0.1': 1 } };
    expect(derive({ repository }, [evidence('1.0.1', 1)])).toEqual({
      [idOf('1.0.1', 2)]: ['committed'],
    });
  });

  it('takes an imported deployment of the commit for its own', () => {
    const imported = promotion('imported', {
      version: { tag: '1.0.1' },
      stages: { synced: reported(at('12:40')) },
      commit: { repoUrl: CONFIG, revision: sha('1'), exact: true },
    });
    const promotions = [imported];
    expect(Object.keys(derive({ promotions }, [evidence('1.0.1', 1)]))).toEqual(
      ['imported'],
    );
    expect(Object.keys(derive({ promotions }, [evidence('1.0.1', 2)]))).toEqual(
      ['imported', idOf('1.0.1')],
    );
  });

  const pushed = { pushed: reported(at('12:00')) };

  it('withdraws a push that turns out to be refused', () => {
    const of = promotion(idOf('1.0.1'), {
      version: { tag: '1.0.1' },
      stages: pushed,
    });
    const runs = [rollout('new', '1.0.5')];
    const applied = promotion('new', {
      version: { tag: '1.0.5' },
      stages: { synced: reported(at('11:00')) },
    });
    const repository = { live: { id: 'new', version: { tag: '1.0.5' } } };
    const options = {
      images,
      promotions: [of, applied],
      memory: { runs },
      repository,
    };
    expect(derive(options)).toEqual({ new: ['synced'] });
    const committed = {
      ...of,
      stages: { ...pushed, committed: reported(at('12:10')) },
    };
    expect(
      Object.keys(derive({ ...options, promotions: [committed, applied] })),
    ).toEqual([of.id, 'new']);
  });

  it('dates the end by the push of the image, not by one its tag named before', () => {
    const draft = draftOf({
      application: application({ annotations: updated() }),
      images,
      promotions: [
        promotion(idOf('1.0.1'), {
          version: { tag: '1.0.1' },
          stages: { pushed: reported(at('12:50')) },
        }),
        promotion('next', {
          version: { tag: '1.0.2' },
          stages: { synced: reported(at('12:40')) },
        }),
      ],
      memory: {
        firstSeenAt: at('10:00'),
        runs: [rollout('next', '1.0.2')],
      },
    });
    derivePending(draft, API, []);
    expect(draft.promotion(idOf('1.0.1'))).toMatchObject({
      stages: pushed,
      outcome: 'superseded',
      outcomeAt: reported(at('12:40')),
    });
  });

  it('withdraws a commit that turns out to be of a rollout before', () => {
    const of = promotion(idOf('1.0.1'), {
      version: { tag: '1.0.1' },
      stages: { committed: reported(at('12:10')) },
    });
    const runs = [rollout('p', '1.0.1', { position: 2, revisions: [] })];
    const options = { promotions: [of], memory: { runs } };
    expect(derive(options, [evidence('1.0.1', 1)])).toEqual({});
    expect(derive(options, [])).toEqual({ [of.id]: ['committed'] });
  });

  it('supersedes a pending promotion whose evidence is gone', () => {
    const of = promotion(idOf('1.0.1'), {
      version: { tag: '1.0.1' },
      stages: { committed: reported(at('12:10')) },
    });
    const next = promotion('next', {
      version: { tag: '1.0.2' },
      stages: { synced: reported(at('12:40')) },
    });
    expect(
      derive({
        promotions: [of, next],
        memory: { runs: [rollout('next', '1.0.2')] },
      }),
    ).toEqual({
      [of.id]: ['committed', 'superseded'],
      next: ['synced'],
    });
  });

  it('leaves alone what was applied, and what has ended', () => {
    const promotions = [
      promotion('applied', { stages: { synced: reported(at('12:40')) } }),
      promotion('over', { stages: pushed, outcome: 'abandoned' }),
    ];
    expect(derive({ promotions })).toEqual({
      applied: ['synced'],
      over: ['pushed', 'abandoned'],
    });
  });
});

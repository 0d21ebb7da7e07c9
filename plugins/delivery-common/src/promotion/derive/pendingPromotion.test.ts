import type { ApplicationOperation } from '../../model/application';
import {
  application,
  at,
  type DraftOptions,
  evidence,
  operation,
  pendingContext,
  promotion,
  rollout,
  sha,
} from '../__testUtils__/builders';
import { reported } from '../stageTimes';
import { pendingPromotion } from './pendingPromotion';

const derive = (options: DraftOptions = {}, items = [evidence('1.0.1', 3)]) =>
  pendingPromotion(pendingContext(options, items), 'p', items);
const live = { live: { id: 'old', version: { tag: '1.0.0' } } };
const next = rollout('next', '1.0.2', { position: 6, revisions: [sha('f')] });
const nextPromotion = promotion('next', {
  previous: { tag: '0.9.0' },
  stages: { synced: reported(at('12:50')) },
});

describe('pendingPromotion', () => {
  it('is committed, and follows the current version', () => {
    expect(derive({ repository: live })).toEqual(
      promotion('p', {
        version: { tag: '1.0.1' },
        previous: { tag: '1.0.0' },
        stages: { committed: reported(at('12:30')) },
        commit: {
          repoUrl: 'https://git.example.com/shop/config.git',
          revision: sha('3'),
          author: 'argocd-image-updater',
          date: at('12:30'),
          message: evidence('1.0.1', 3).commit?.message,
          exact: true,
        },
      }),
    );
  });

  it('is superseded by a rollout that covers it', () => {
    const options = {
      repository: live,
      promotions: [nextPromotion],
      memory: { runs: [next] },
    };
    expect(derive(options)).toMatchObject({
      outcome: 'superseded',
      outcomeAt: reported(at('12:50')),
      previous: { tag: '0.9.0' },
    });
  });

  it('is pending again by a commit after that', () => {
    const options = { promotions: [nextPromotion], memory: { runs: [next] } };
    const result = derive(options, [
      evidence('1.0.1', 3),
      evidence('1.0.1', 8),
    ]);
    expect(result.outcome).toBe(undefined);
    expect(result.commit?.revision).toBe(sha('8'));
  });

  it('prefers the exact commit', () => {
    const contained = evidence('1.0.1', 2, { exact: false });
    const result = derive({}, [contained, evidence('1.0.1', 3)]);
    expect(result.commit).toMatchObject({ revision: sha('3'), exact: true });
  });

  describe('with an operation', () => {
    const tried = (overrides: Partial<ApplicationOperation>, position = 4) =>
      derive({
        application: application({
          operation: operation({
            revisions: [sha('f')],
            message: 'hook failed',
            ...overrides,
          }),
        }),
        memory: {
          operation: { startedAt: at('12:01'), position, finished: false },
        },
      });

    it.each<
      [
        string,
        Partial<ApplicationOperation>,
        number,
        boolean,
        string | undefined,
      ]
    >([
      ['that runs', { phase: 'Running' }, 4, true, undefined],
      ['that failed', { phase: 'Failed' }, 4, true, 'failed'],
      ['that succeeded', {}, 4, false, undefined],
      [
        'that is a dry run',
        { phase: 'Failed', dryRun: true },
        4,
        false,
        undefined,
      ],
      ['from before the commit', { phase: 'Failed' }, 2, false, undefined],
    ])('%s', (_, overrides, position, hasSync, outcome) => {
      const result = tried(overrides, position);
      expect(result.sync !== undefined).toBe(hasSync);
      expect(result.outcome).toBe(outcome);
    });

    it('takes times and message of its failure', () => {
      expect(tried({ phase: 'Error' })).toMatchObject({
        sync: {
          startedAt: at('12:01'),
          finishedAt: at('12:02'),
          message: 'hook failed',
        },
        // Not earlier than the commit.
        outcomeAt: reported(at('12:30')),
      });
    });
  });

  it('remembers the first failure that covers it', () => {
    const failure = (position: number, time: string) => ({
      revisions: [sha('f')],
      startedAt: at(time),
      message: `failure ${position}`,
      position,
    });
    const failures = [2, 4, 5].map(position =>
      failure(position, `12:3${position}`),
    );
    expect(derive({ memory: { failures } }).failure).toEqual({
      at: reported(at('12:34')),
      reason: {
        code: 'promotion.sync-failed',
        parameters: { message: 'failure 4' },
      },
    });
  });

  it('says that it would undo a rollback', () => {
    const options = {
      promotions: [promotion('bad', { outcome: 'rolled-back' as const })],
      memory: {
        runs: [rollout('bad', '1.0.1'), rollout('good', '1.0.0')],
      },
    };
    expect(derive(options).undoesRollback).toBe(true);
    expect(derive(options, [evidence('1.0.2', 3)]).undoesRollback).toBe(
      undefined,
    );
  });
});

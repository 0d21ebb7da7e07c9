import { HUMAN } from '../testing/simulatedApplication';
import { API, Simulation, WEB } from '../testing/simulation';
import { play, world } from './__testUtils__/worlds';
import type { Promotion } from '../model/promotion';

const promotionOf = (simulation: Simulation, tag: string): Promotion => {
  const found = play(simulation).state.promotions.find(
    ({ version }) => version.tag === tag,
  );
  if (!found) {
    throw new Error(`There is no promotion of ${tag}`);
  }
  return found;
};

/** The commit that set a version first. */
const commitOf = (simulation: Simulation, tag: string) =>
  simulation.revised.find(({ images }) => images[API] === tag);

/** Three applications in one repository, updated in one cycle. */
function cycle(simulation: Simulation): Simulation {
  return simulation
    .push(API, '1.0.1')
    .update({ [API]: '1.0.1' })
    .update({ [API]: '1.0.1' }, 'api-test')
    .update({ [API]: '1.0.1' }, 'api-prod');
}

describe('exact commits', () => {
  it('names the application’s own commit of a cycle, not the head', () => {
    const simulation = cycle(world({ history: true })).refresh();
    const own = commitOf(simulation, '1.0.1');
    const promotion = promotionOf(simulation, '1.0.1');
    expect(promotion).toMatchObject({
      outcome: 'live',
      previous: { tag: '1.0.0' },
      commit: {
        revision: own?.sha,
        author: own?.author,
        message: own?.message,
        exact: true,
      },
    });
    expect(promotion.stages.committed?.basis).toBe('reported');
    expect(Date.parse(promotion.stages.committed?.at ?? '')).toBe(
      Date.parse(own?.date ?? ''),
    );
  });

  it('names what contains the change if the Git host isn’t asked', () => {
    const simulation = cycle(world()).refresh();
    expect(promotionOf(simulation, '1.0.1').commit).toMatchObject({
      revision: simulation.revised.at(-1)?.sha,
      exact: false,
    });
  });

  it('has the commit while a sync is pending', () => {
    const simulation = cycle(
      world({ history: true, automatedSync: false }),
    ).refresh();
    const promotion = promotionOf(simulation, '1.0.1');
    expect(promotion.commit?.revision).toBe(commitOf(simulation, '1.0.1')?.sha);
    expect(promotion.stages.synced).toBeUndefined();
    expect(promotion.outcome).toBeUndefined();
  });

  it('finds the commit of a sync that was too quick for a head to be observed', () => {
    const simulation = cycle(
      world({ history: true, automatedSync: false }),
    ).sync({ by: 'jo' });
    expect(promotionOf(simulation, '1.0.1').commit).toMatchObject({
      revision: commitOf(simulation, '1.0.1')?.sha,
      exact: true,
    });
  });

  it('takes the only commit that touches the application, whatever its message', () => {
    const simulation = world({ history: true })
      .commit({ [API]: '1.0.1' }, 'Fix the login')
      .update({ [API]: '1.0.1' }, 'api-test')
      .refresh();
    expect(promotionOf(simulation, '1.0.1').commit).toMatchObject({
      revision: commitOf(simulation, '1.0.1')?.sha,
      author: HUMAN,
      exact: true,
    });
  });

  it('names none of two commits whose messages don’t show the change', () => {
    const simulation = world({ history: true })
      .commit({ [API]: '1.0.1' }, 'Fix the login')
      .commit({}, 'More memory')
      .refresh();
    expect(promotionOf(simulation, '1.0.1').commit?.exact).toBe(false);
  });

  it('opens nothing for a version that a later commit may have taken back', () => {
    const simulation = world({ history: true, automatedSync: false })
      .update({ [API]: '1.0.1' })
      .commit({ [API]: '1.0.0', [WEB]: '1.0.0' }, 'Back, and add web')
      .refresh();
    expect(
      play(simulation).state.promotions.filter(
        ({ version }) => version.tag === '1.0.1',
      ),
    ).toEqual([]);
  });

  it('asks for the commits once Argo CD has described a head that explains nothing', () => {
    const simulation = cycle(world()).refresh();
    const { changes } = play(simulation);
    expect(changes.filter(({ kind }) => kind === 'resolve-commits')).toEqual([
      {
        kind: 'resolve-commits',
        repoUrl: 'https://git.example.com/shop/deploy.git',
        from: simulation.revised[0].sha,
        to: simulation.revised.at(-1)?.sha,
        paths: ['apps/api'],
      },
    ]);
  });

  it('asks for nothing if the head is the commit', () => {
    const simulation = world()
      .update({ [API]: '1.0.1' })
      .refresh();
    expect(
      play(simulation).changes.filter(({ kind }) => kind === 'resolve-commits'),
    ).toEqual([]);
  });
});

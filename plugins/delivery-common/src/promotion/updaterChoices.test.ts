import { API } from '../testing/simulation';
import { outlineOf, UPDATER, world } from './__testUtils__/worlds';

const pending = (simulation: ReturnType<typeof world>) =>
  outlineOf(simulation).filter(line => line.endsWith('under way'));

describe('two aliases of one repository', () => {
  const annotations = {
    [`${UPDATER}image-list`]: `a=${API}:~1.0,b=${API}:^1`,
  };

  it('open one promotion for a version that one of them accepts', () => {
    const simulation = world({ annotations }).push(API, '1.1.0');
    expect(pending(simulation)).toEqual(['1.0.0 → 1.1.0, pushed, under way']);
  });

  it('open one promotion for a version that both accept', () => {
    const simulation = world({ annotations }).push(API, '1.0.1');
    expect(pending(simulation)).toEqual(['1.0.0 → 1.0.1, pushed, under way']);
  });

  it('compare a push with the version that the same alias runs', () => {
    const simulation = world({ annotations })
      .push(API, '1.1.0')
      .update({ [API]: '1.1.0' })
      .refresh();
    expect(pending(simulation)).toEqual([]);
    expect(pending(simulation.push(API, '1.0.2'))).toEqual([
      '1.1.0 → 1.0.2, pushed, under way',
    ]);
  });

  it('do not go back to a version that one alias has passed', () => {
    const simulation = world({ annotations })
      .push(API, '1.0.2')
      .update({ [API]: '1.0.2' })
      .refresh()
      .push(API, '1.0.1');
    expect(pending(simulation)).toEqual([]);
  });
});

describe('a running version that was removed from the registry', () => {
  const annotations = { [`${UPDATER}image-list`]: `app=${API}` };

  it('is replaced by an older one, as the updater only knows that one', () => {
    const simulation = world({ annotations })
      .push(API, '1.0.0')
      .remove(API, '1.0.0')
      .push(API, '0.9.0');
    expect(pending(simulation)).toEqual(['1.0.0 → 0.9.0, pushed, under way']);
    expect(pending(simulation.push(API, '1.0.1'))).toEqual([
      '1.0.0 → 1.0.1, pushed, under way',
    ]);
  });

  it('is not replaced by an older one while it is there', () => {
    const simulation = world({ annotations })
      .push(API, '1.0.0')
      .push(API, '0.9.0');
    expect(pending(simulation)).toEqual([]);
  });
});

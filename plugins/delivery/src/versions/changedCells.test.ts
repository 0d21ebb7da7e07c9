import { responseOf, versionOf } from '../../dev/fixtures/versions';
import { cellKey, changedCells } from './changedCells';

const live = versionOf('1.4.3');
const wasHere = {
  ...live,
  cells: live.cells.map(cell => ({
    ...cell,
    states: cell.states.map(state => ({
      ...state,
      state: 'was-here' as const,
    })),
  })),
};
const newer = versionOf('1.4.4', { at: '2026-05-05T12:00:00.000Z' });
const older = versionOf('1.4.2', { at: '2026-05-03T12:00:00.000Z' });

describe('changedCells', () => {
  it.each([
    ['the first read', undefined, responseOf([live]), []],
    ['no change', responseOf([live]), responseOf([{ ...live }]), []],
    [
      'another state',
      responseOf([live]),
      responseOf([wasHere]),
      [cellKey(live.id, 'dev')],
    ],
    [
      'a new version',
      responseOf([live]),
      responseOf([newer, live]),
      [cellKey(newer.id, 'dev')],
    ],
    ['a longer list', responseOf([live]), responseOf([live, older]), []],
    [
      'another image',
      responseOf([live]),
      responseOf([wasHere], { repository: 'other' }),
      [],
    ],
  ])('are those of %s', (_, before, after, keys) => {
    expect([...changedCells(before, after)]).toEqual(keys);
  });
});

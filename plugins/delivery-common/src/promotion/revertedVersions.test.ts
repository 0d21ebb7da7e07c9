import { API } from '../testing/simulation';
import { outlineOf, world } from './__testUtils__/worlds';

describe('a lower version that ran before and is put back', () => {
  const reverted = (lower: string, higher: string) =>
    outlineOf(
      world({ images: { [API]: lower } })
        .update({ [API]: higher })
        .refresh()
        .commit({ [API]: lower }, 'Revert')
        .refresh(),
    );

  it.each([
    ['1.1.0', '1.2.0'],
    ['1.1', '1.2'],
    ['v1.1', '1.2'],
    ['1', '1.0.1'],
    ['2024-01-02', '2024.1'],
  ])('%s after %s is a rollback', (lower, higher) => {
    expect(reverted(lower, higher)).toContain(
      `${lower} → ${higher}, committed by, synced #1, healthy, rolled-back (Rolled back to ${lower})`,
    );
  });

  it.each([
    ['main', 'stable'],
    ['1.2.0', '1.1.0'],
    ['1.2', '1.1'],
  ])('%s after %s is another version', (former, latter) => {
    expect(reverted(former, latter)).toContain(
      `${former} → ${latter}, committed by, synced #1, healthy, superseded (Replaced by ${former})`,
    );
  });
});

import { isSuspectList } from './isSuspectList';

describe('isSuspectList', () => {
  it.each([
    { known: 0, missing: 0, suspect: false },
    { known: 120, missing: 0, suspect: false },
    { known: 1, missing: 1, suspect: true },
    { known: 9, missing: 8, suspect: false },
    { known: 9, missing: 9, suspect: true },
    { known: 12, missing: 9, suspect: false },
    { known: 12, missing: 10, suspect: true },
    { known: 50, missing: 10, suspect: false },
    { known: 50, missing: 11, suspect: true },
    { known: 120, missing: 117, suspect: true },
    { known: 10_000, missing: 2000, suspect: false },
    { known: 10_000, missing: 2001, suspect: true },
  ])('is $suspect where $missing of $known are missing', each => {
    expect(isSuspectList(each)).toBe(each.suspect);
  });
});

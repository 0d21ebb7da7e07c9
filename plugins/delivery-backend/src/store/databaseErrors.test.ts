import { isDataError, isTransientError } from './databaseErrors';

const withCode = (code: string) => Object.assign(new Error(code), { code });

describe('database errors', () => {
  it.each([
    ['22001', { data: true, transient: false }],
    ['22P05', { data: true, transient: false }],
    ['21000', { data: true, transient: false }],
    ['54000', { data: true, transient: false }],
    ['23503', { data: true, transient: false }],
    // First it is run again; if it still fails, the values are at fault.
    ['23505', { data: true, transient: true }],
    ['40001', { data: false, transient: true }],
    ['40P01', { data: false, transient: true }],
    ['42P01', { data: false, transient: false }],
    ['57014', { data: false, transient: false }],
    ['ECONNREFUSED', { data: false, transient: false }],
    ['EPIPE', { data: false, transient: false }],
    ['SQLITE_BUSY', { data: false, transient: true }],
    ['SQLITE_ERROR', { data: false, transient: false }],
    ['SQLITE_CONSTRAINT_PRIMARYKEY', { data: true, transient: true }],
    ['SQLITE_TOOBIG', { data: true, transient: false }],
  ])('are classified by their codes: %s', (code, expected) => {
    expect({
      data: isDataError(withCode(code)),
      transient: isTransientError(withCode(code)),
    }).toEqual(expected);
  });

  it('have a code, except for values of an unexpected shape', () => {
    expect(isDataError(new Error('Connection terminated'))).toBe(false);
    expect(isDataError(undefined)).toBe(false);
    expect(isDataError(new TypeError('null is no array'))).toBe(true);
  });
});

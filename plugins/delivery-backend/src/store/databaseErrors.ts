/**
 * PostgreSQL: serialization_failure, deadlock_detected, unique_violation; SQLite:
 * a violated primary key, and another process is writing. Rows are looked up
 * before they are inserted, so a violation means that another writer was quicker.
 */
const TRANSIENT_CODES = new Set([
  '40001',
  '40P01',
  '23505',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
]);

/**
 * PostgreSQL's classes of errors that values cause: cardinality_violation,
 * data_exception, integrity_constraint_violation, program_limit_exceeded.
 */
const DATA_CLASSES = new Set(['21', '22', '23', '54']);
const SQLITE_DATA_CODE = /^SQLITE_(CONSTRAINT|MISMATCH|RANGE|TOOBIG)/;

/** Thrown by code that meets a value of an unexpected shape. */
const SHAPE_ERRORS = [TypeError, RangeError, SyntaxError];

/**
 * Whether the same transaction may succeed if it is run again at once.
 *
 * @internal
 */
export function isTransientError(error: unknown): boolean {
  return TRANSIENT_CODES.has(errorCode(error) ?? '');
}

/**
 * Whether the written values are at fault, rather than the database, the
 * connection or another writer. The same values would fail again.
 *
 * @internal
 */
export function isDataError(error: unknown): boolean {
  const code = errorCode(error);
  if (code === undefined) {
    return SHAPE_ERRORS.some(type => error instanceof type);
  }
  return /^[0-9A-Z]{5}$/.test(code)
    ? DATA_CLASSES.has(code.slice(0, 2))
    : SQLITE_DATA_CODE.test(code);
}

/**
 * The database's own code of an error; undefined if it has none.
 *
 * @internal
 */
export function errorCode(error: unknown): string | undefined {
  return typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string'
    ? error.code
    : undefined;
}

import { failureKind } from './failureKind';

describe('failureKind', () => {
  it('is the same for failures that differ only in their message', () => {
    const [one, other] = ['request 17', 'request 18'].map(
      message => new TypeError(message),
    );
    expect(failureKind(one)).toBe(failureKind(other));
  });

  it('differs by name, code and status', () => {
    const failures = [
      new Error('x'),
      new TypeError('x'),
      Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
      Object.assign(new Error('x'), { status: 403 }),
      'x',
    ];
    expect(new Set(failures.map(failureKind)).size).toBe(failures.length);
  });
});

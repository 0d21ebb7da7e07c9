import { reasonOf } from './reasonOf';

describe('reasonOf', () => {
  it('is the same for failures that differ in their message alone', () => {
    const [one, other] = ['request 17', 'request 18'].map(
      message => new TypeError(message),
    );
    expect(reasonOf(one)).toBe(reasonOf(other));
  });

  it('differs by name, code and status', () => {
    const failures = [
      new Error('x'),
      new TypeError('x'),
      Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
      Object.assign(new Error('x'), { status: 403 }),
      'x',
    ];
    expect(new Set(failures.map(reasonOf)).size).toBe(failures.length);
  });
});

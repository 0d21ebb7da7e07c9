import { InputError } from '@backstage/errors';
import { decodeCursor, encodeCursor } from './cursor';

const POSITION = { startedAt: '2026-11-23T03:59:10.876Z', id: 'p/1' };

describe('cursor', () => {
  it.each(['promotions', 'images', 'versions'] as const)(
    'of %s comes back as it went',
    list => {
      const cursor = encodeCursor(list, POSITION);
      expect(decodeCursor(list, cursor)).toEqual(POSITION);
      expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    },
  );

  it('of another list is refused', () => {
    expect(() =>
      decodeCursor('promotions', encodeCursor('images', POSITION)),
    ).toThrow(InputError);
    expect(() =>
      decodeCursor('images', encodeCursor('promotions', POSITION)),
    ).toThrow(InputError);
  });

  const written = (...parts: unknown[]) =>
    Buffer.from(JSON.stringify(parts)).toString('base64url');

  it.each([
    '',
    'x',
    '{}',
    written(),
    written('2026-11-23T03:59:10.876Z', 'p1'),
    written('promotions', 'yesterday', 'p1'),
    written('promotions', '2026-11-23T03:59:10.876Z', 1),
    written('promotions', '2026-11-23T03:59:10.876Z', 'p\0'),
    written('promotions', '2026-11-23T03:59:10.876Z', 'p'.repeat(5000)),
    written('promotions', '2026-11-23T03:59:10.876Z', 'p1', 0),
  ])('is refused if it is not ours: %j', cursor => {
    expect(() => decodeCursor('promotions', cursor)).toThrow(InputError);
  });
});

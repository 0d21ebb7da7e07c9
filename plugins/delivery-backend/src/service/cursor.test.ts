import { InputError } from '@backstage/errors';
import { decodeCursor, encodeCursor } from './cursor';

describe('cursor', () => {
  it('comes back as it went', () => {
    const position = { startedAt: '2026-11-23T03:59:10.876Z', id: 'p/1' };

    expect(decodeCursor(encodeCursor(position))).toEqual(position);
    expect(encodeCursor(position)).toMatch(/^[A-Za-z0-9_-]+$/);
  });

  it.each([
    '',
    'x',
    '{}',
    Buffer.from('[]').toString('base64url'),
    Buffer.from('["yesterday","p1"]').toString('base64url'),
    Buffer.from('["2026-11-23T03:59:10.876Z",1]').toString('base64url'),
    Buffer.from('["2026-11-23T03:59:10.876Z","p1",0]').toString('base64url'),
  ])('is refused if it is not ours: %j', cursor => {
    expect(() => decodeCursor(cursor)).toThrow(InputError);
  });
});

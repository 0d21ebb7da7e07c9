import { InputError } from '@backstage/errors';
import type { FleetSort } from '@landfall/backstage-plugin-delivery-common';
import fc from 'fast-check';
import { decodeFleetCursor, encodeFleetCursor } from './fleetCursor';

const SORTS: FleetSort[] = ['name', 'owner', 'urgency', 'deployed'];

describe('the cursor of the fleet', () => {
  it('reads what it wrote', () => {
    const text = fc
      .string({ maxLength: 100 })
      .filter(one => !one.includes('\0'));
    fc.assert(
      fc.property(
        fc.constantFrom(...SORTS),
        fc.nat({ max: 10 }),
        text,
        text,
        text,
        (sort, severity, value, sortName, entityRef) => {
          const position = {
            value: sort === 'urgency' ? severity : value,
            sortName,
            entityRef,
          };
          expect(
            decodeFleetCursor(sort, encodeFleetCursor(sort, position)),
          ).toEqual(position);
        },
      ),
    );
  });

  it.each(
    SORTS.flatMap(sort =>
      SORTS.filter(other => other !== sort).map(
        other => [sort, other] as const,
      ),
    ),
  )('of the order %s is refused for the order %s', (sort, other) => {
    const cursor = encodeFleetCursor(sort, {
      value: sort === 'urgency' ? 1 : 'a',
      sortName: 'a',
      entityRef: 'component:default/a',
    });
    expect(() => decodeFleetCursor(other, cursor)).toThrow(InputError);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'e30x'],
    ['an object', Buffer.from('{}').toString('base64url')],
    [
      'a NUL',
      Buffer.from('["fleet","name","a\\u0000","b","c"]').toString('base64url'),
    ],
    [
      'a number where a text belongs',
      Buffer.from('["fleet","name",1,"b","c"]').toString('base64url'),
    ],
    [
      'a text where a number belongs',
      Buffer.from('["fleet","urgency","1","b","c"]').toString('base64url'),
    ],
    [
      'a cursor of another list',
      Buffer.from('["promotions","2026-11-23T04:00:00.000Z","p"]').toString(
        'base64url',
      ),
    ],
  ])('refuses %s', (_, cursor) => {
    for (const sort of SORTS) {
      expect(() => decodeFleetCursor(sort, cursor)).toThrow(InputError);
    }
  });
});

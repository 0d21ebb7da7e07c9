import fc from 'fast-check';
import { promotionAt } from '../__testUtils__/promotions';
import type { OutcomeNotice } from '../store/operations/notificationOutbox';
import {
  type AddressedNotice,
  type Delivery,
  planDeliveries,
} from './planDeliveries';

const SHOP = 'group:default/shop';
const PAY = 'group:default/pay';

let lastId = 0;

function notice(
  owners: string[],
  kind: OutcomeNotice['kind'] = 'failed',
): AddressedNotice {
  lastId += 1;
  return {
    id: lastId,
    notice: { kind, promotion: promotionAt(1) },
    environment: 'dev',
    recipients: [{ entityRef: `component:default/c-${lastId}`, owners }],
  };
}

const many = (count: number, ...args: Parameters<typeof notice>) =>
  Array.from({ length: count }, () => notice(...args));

const noticesOf = (delivery: Delivery) =>
  'one' in delivery ? [delivery.one] : delivery.many;

describe('planDeliveries', () => {
  it('sends few one by one, to the entities', () => {
    const notices = many(5, [SHOP]);
    expect(planDeliveries(notices, 5)).toEqual(
      notices.map(one => ({ to: [one.recipients[0].entityRef], one })),
    );
  });

  it('sends many as one, to their owner', () => {
    const notices = many(40, [SHOP]);
    expect(planDeliveries(notices, 5)).toEqual([{ to: [SHOP], many: notices }]);
  });

  it('keeps kinds apart, since each can be switched off', () => {
    const failed = many(3, [SHOP]);
    const recovered = many(6, [SHOP], 'recovered');
    expect(
      planDeliveries([...failed, ...recovered], 5).map(
        delivery => noticesOf(delivery).length,
      ),
    ).toEqual([1, 1, 1, 6]);
  });

  it('spares others who own a part of the flood', () => {
    const shared = notice([SHOP, PAY]);
    const plan = planDeliveries([...many(5, [SHOP]), shared], 5);
    expect(plan).toHaveLength(2);
    expect(plan[0]).toEqual({ to: [PAY], one: shared });
    expect(plan[1]).toMatchObject({ to: [SHOP] });
  });

  it('sends nothing that concerns nobody', () => {
    expect(planDeliveries([{ ...notice([]), recipients: [] }], 5)).toEqual([]);
  });

  it('reaches each owner exactly once with each notice, and never floods', () => {
    const owner = fc.constantFrom(SHOP, PAY, 'user:default/ada');
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.uniqueArray(owner, { minLength: 1 }),
            fc.constantFrom<OutcomeNotice['kind'][]>('failed', 'recovered'),
          ),
          { maxLength: 40 },
        ),
        fc.integer({ min: 1, max: 8 }),
        (drawn, above) => {
          const notices = drawn.map(args => notice(...args));
          const received = new Map<string, number[]>();
          const messages = new Map<string, number>();
          for (const delivery of planDeliveries(notices, above)) {
            const all = noticesOf(delivery);
            const owners = delivery.to.flatMap(ref =>
              ref.startsWith('component:')
                ? all[0].recipients.flatMap(one => one.owners)
                : [ref],
            );
            for (const ref of owners) {
              const key = `${ref} ${all[0].notice.kind}`;
              messages.set(key, (messages.get(key) ?? 0) + 1);
              received.set(ref, [
                ...(received.get(ref) ?? []),
                ...all.map(({ id }) => id),
              ]);
            }
          }
          for (const ref of [SHOP, PAY, 'user:default/ada']) {
            const expected = notices
              .filter(({ recipients }) => recipients[0].owners.includes(ref))
              .map(({ id }) => id);
            expect((received.get(ref) ?? []).sort((a, b) => a - b)).toEqual(
              expected,
            );
          }
          expect(Math.max(0, ...messages.values())).toBeLessThanOrEqual(above);
        },
      ),
    );
  });
});

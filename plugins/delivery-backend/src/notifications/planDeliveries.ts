import type { Notice } from '../store/operations/notificationOutbox';

/**
 * Somebody to be notified: a catalog entity, and the users and groups that get
 * what is sent to it.
 *
 * @internal
 */
export interface Recipient {
  /** Full ref. */
  entityRef: string;
  /** Full refs. */
  owners: readonly string[];
}

/**
 * A notice with those whom it concerns.
 *
 * @internal
 */
export interface AddressedNotice {
  /** Of its row in the notification outbox. */
  id: number;
  notice: Notice;
  environment: string;
  recipients: readonly Recipient[];
}

/**
 * A notification that is to be sent: one notice, or many of one kind together.
 *
 * @internal
 */
export type Delivery =
  | { to: string[]; one: AddressedNotice }
  | { to: string[]; many: AddressedNotice[] };

/**
 * Decides what is sent to whom. Whoever would get more than `digestAbove`
 * notifications of one kind gets one for all of these instead. That is counted for
 * owners, since it is they who are flooded when a shared image moves many services.
 * Kinds stay apart because people can switch each off.
 *
 * @internal
 */
export function planDeliveries(
  notices: readonly AddressedNotice[],
  digestAbove: number,
): Delivery[] {
  const shares = new Map<string, { owner: string; many: AddressedNotice[] }>();
  for (const notice of notices) {
    for (const owner of ownersOf(notice)) {
      const key = keyOf(owner, notice);
      const share = shares.get(key) ?? { owner, many: [] };
      share.many.push(notice);
      shares.set(key, share);
    }
  }
  const isFlooded = (owner: string, notice: AddressedNotice) =>
    (shares.get(keyOf(owner, notice))?.many.length ?? 0) > digestAbove;
  return [
    ...notices.flatMap((one): Delivery[] => {
      const owners = ownersOf(one);
      const others = owners.filter(owner => !isFlooded(owner, one));
      const to =
        others.length === owners.length
          ? one.recipients.map(({ entityRef }) => entityRef)
          : others;
      return to.length > 0 ? [{ to: [...new Set(to)], one }] : [];
    }),
    ...[...shares.values()].flatMap(({ owner, many }): Delivery[] =>
      many.length > digestAbove ? [{ to: [owner], many }] : [],
    ),
  ];
}

function ownersOf({ recipients }: AddressedNotice): string[] {
  return [...new Set(recipients.flatMap(({ owners }) => owners))];
}

function keyOf(owner: string, { notice }: AddressedNotice): string {
  return `${notice.kind} ${owner}`;
}

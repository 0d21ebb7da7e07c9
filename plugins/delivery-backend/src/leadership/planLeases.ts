/**
 * Which replicas are alive, and which of them holds each lease.
 *
 * @internal
 */
export interface LeaseView {
  /** This replica. */
  replica: string;
  /** All replicas that are alive, this one included. */
  replicas: ReadonlySet<string>;
  /** The holder of each lease; undefined if it is free. */
  holders: ReadonlyMap<string, string | undefined>;
}

/**
 * What a replica should do about its share.
 *
 * @internal
 */
export interface LeasePlan {
  /** It takes free leases as long as it holds fewer. */
  limit: number;
  /** How many of its leases it hands over. */
  surplus: number;
}

/**
 * Divides the leases equally among the replicas. Each move of a lease costs a list
 * of all applications of an instance, so only the replica with the most leases
 * hands some over, and only if another one has at least two fewer. While leases are
 * free, nobody hands over more.
 *
 * @internal
 */
export function planLeases({
  replica,
  replicas,
  holders,
}: LeaseView): LeasePlan {
  const counts = new Map([...replicas, replica].map(name => [name, 0]));
  let free = 0;
  for (const holder of holders.values()) {
    if (holder === undefined) {
      free += 1;
    } else {
      counts.set(holder, (counts.get(holder) ?? 0) + 1);
    }
  }
  const own = counts.get(replica) ?? 0;
  const fewest = Math.min(...counts.values());
  const most = Math.max(...counts.values());
  const floor = Math.floor(holders.size / counts.size);
  const ceiling = Math.ceil(holders.size / counts.size);
  const [first] = [...counts]
    .filter(([, count]) => count === most)
    .map(([name]) => name)
    .sort();
  return {
    // Nobody takes one more than others before all have their share.
    limit: fewest < floor ? floor : ceiling,
    surplus:
      free === 0 && first === replica && own - fewest >= 2
        ? Math.max(1, own - ceiling)
        : 0,
  };
}

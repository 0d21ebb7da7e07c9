/** Pseudorandom numbers that depend only on the seed (mulberry32). */
export class Random {
  private state: number;

  constructor(seed: number) {
    // Neighbouring seeds begin with similar numbers, so discard the first ones.
    this.state = Math.imul(seed, 0x9e3779b1);
    this.next();
    this.next();
  }

  /** From 0 (inclusive) to 1 (exclusive). */
  next(): number {
    this.state = Math.trunc(this.state + 0x6d2b79f5);
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  /** An integer between two bounds, both inclusive. */
  integer(least: number, most: number): number {
    return Math.floor(this.between(least, most + 1));
  }

  pick<T>(values: readonly [T, ...T[]]): T {
    return values[Math.floor(this.next() * values.length)];
  }
}

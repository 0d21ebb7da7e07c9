/** A cache of computed values that clears itself completely when it is full. */
export class Kept<V> {
  readonly #values = new Map<string, V>();

  constructor(private readonly max: number) {}

  get(key: string, compute: () => V): V {
    const kept = this.#values.get(key);
    if (kept !== undefined) {
      return kept;
    }
    const value = compute();
    if (this.#values.size >= this.max) {
      this.#values.clear();
    }
    this.#values.set(key, value);
    return value;
  }
}

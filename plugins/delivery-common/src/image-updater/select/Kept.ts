/** Keeps what was computed last, and drops it all when it has become too much. */
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

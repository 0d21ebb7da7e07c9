import type { Journal, Journaled } from './Journal';

/**
 * Records of one type by key, in memory and in the journal. Records are
 * replaced, never changed in place.
 */
export class Collection<T> implements Journaled {
  readonly name: string;
  readonly #journal: Journal;
  readonly #parse: (value: unknown) => T | undefined;
  readonly #records = new Map<string, T>();

  /**
   * @param parse - restores a record; `undefined` drops a record that this
   * version can't read
   */
  constructor(
    name: string,
    journal: Journal,
    parse: (value: unknown) => T | undefined,
  ) {
    this.name = name;
    this.#journal = journal;
    this.#parse = parse;
    journal.register(this);
  }

  restore(key: string, value: unknown): void {
    const record = this.#parse(value);
    if (record !== undefined) {
      this.#records.set(key, record);
    }
  }

  forget(key: string): void {
    this.#records.delete(key);
  }

  *entries(): Iterable<[string, string]> {
    for (const [key, record] of this.#records) {
      yield [key, JSON.stringify(record)];
    }
  }

  get(key: string): T | undefined {
    return this.#records.get(key);
  }

  keys(): string[] {
    return [...this.#records.keys()];
  }

  values(): T[] {
    return [...this.#records.values()];
  }

  get size(): number {
    return this.#records.size;
  }

  put(key: string, record: T): void {
    this.#records.set(key, record);
    this.#journal.put(this.name, key, JSON.stringify(record));
  }

  delete(key: string): boolean {
    if (!this.#records.delete(key)) {
      return false;
    }
    this.#journal.remove(this.name, key);
    return true;
  }
}

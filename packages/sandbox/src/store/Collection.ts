import { z } from 'zod';
import type { Journal } from './Journal';

const texts = new WeakMap<object, string>();

/**
 * The JSON text of a record. It is made once and shared by the journal, the
 * lists and all streams, since records are replaced, never changed in place.
 */
export function jsonOf(record: unknown): string {
  if (typeof record !== 'object' || record === null) {
    return JSON.stringify(record);
  }
  let text = texts.get(record);
  if (text === undefined) {
    text = JSON.stringify(record);
    texts.set(record, text);
  }
  return text;
}

/** Restores a record as it was written: nobody else writes the journal. */
function asWritten<T>(value: unknown): T {
  return z.custom<T>().parse(value);
}

/** Records of one type by key, in memory and in the journal. */
export class Collection<T> {
  readonly #records = new Map<string, T>();

  constructor(readonly name: string, private readonly journal: Journal) {
    journal.register(this);
  }

  restore(key: string, value: unknown): void {
    if (value === undefined) {
      this.#records.delete(key);
    } else {
      this.#records.set(key, asWritten(value));
    }
  }

  *entries(): Iterable<[string, string]> {
    for (const [key, record] of this.#records) {
      yield [key, jsonOf(record)];
    }
  }

  get(key: string): T | undefined {
    return this.#records.get(key);
  }

  /** All records with their keys. */
  all(): [string, T][] {
    return [...this.#records];
  }

  values(): T[] {
    return [...this.#records.values()];
  }

  put(key: string, record: T): void {
    this.#records.set(key, record);
    this.journal.put(this.name, key, jsonOf(record));
  }

  delete(key: string): void {
    if (this.#records.delete(key)) {
      this.journal.put(this.name, key, undefined);
    }
  }
}

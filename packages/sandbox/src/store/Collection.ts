import { z } from 'zod';
import type { StateFile } from './StateFile';

const texts = new WeakMap<object, string>();

/**
 * The JSON text of a record. It is made once and shared by the state file, the
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

/** Restores a record as it was written: nobody else writes the state file. */
function asWritten<T>(json: string): T {
  return z.custom<T>().parse(JSON.parse(json));
}

/** Records of one type by key, in memory and in the state file. */
export class Collection<T> {
  readonly #records: Map<string, T>;

  /** Restores the records of this name. */
  constructor(private readonly name: string, private readonly file: StateFile) {
    this.#records = new Map(
      file.read(name).map(([key, json]) => [key, asWritten<T>(json)]),
    );
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
    this.file.put(this.name, key, jsonOf(record));
  }

  delete(key: string): void {
    if (this.#records.delete(key)) {
      this.file.put(this.name, key, undefined);
    }
  }
}

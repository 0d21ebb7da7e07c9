import { Collection } from './Collection';
import type { Journal } from './Journal';

/**
 * Numbers are reserved in blocks, so that the counter isn't written on every
 * change.
 */
const BLOCK = 1000;

/**
 * The cluster's change counter: every write of an object takes the next number.
 * It continues across restarts.
 */
export class Versions {
  readonly #saved: Collection<number>;
  #current = 0;
  #reserved = 0;

  constructor(journal: Journal) {
    this.#saved = new Collection('versions', journal, value =>
      typeof value === 'number' ? value : undefined,
    );
  }

  /**
   * Continues above every number ever used; call it after the journal is read.
   */
  load(): void {
    this.#current = this.#saved.get('resourceVersion') ?? 100;
    this.#reserved = this.#current;
  }

  current(): string {
    return String(this.#current);
  }

  next(): string {
    this.#current += 1;
    if (this.#current >= this.#reserved) {
      this.#reserved = this.#current + BLOCK;
      this.#saved.put('resourceVersion', this.#reserved);
    }
    return String(this.#current);
  }
}

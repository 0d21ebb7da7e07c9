import type { LiveEntity } from './LiveEntity';
import { LiveRead, type LiveReadOptions } from './LiveRead';

/**
 * All reads of one kind. Components of a page that show the same data share one
 * read.
 *
 * @internal
 */
export class SharedReads<T> {
  readonly #reads = new WeakMap<LiveEntity, Map<string, LiveRead<T>>>();

  /**
   * @param id - distinguishes reads of the same entity; reads with the same id
   * must read the same data
   */
  get(
    entity: LiveEntity,
    id: string,
    createOptions: () => LiveReadOptions<T>,
  ): LiveRead<T> {
    const reads = this.#reads.get(entity) ?? new Map<string, LiveRead<T>>();
    this.#reads.set(entity, reads);
    const known = reads.get(id);
    if (known) {
      return known;
    }
    const read: LiveRead<T> = new LiveRead(createOptions(), isActive => {
      if (isActive) {
        reads.set(id, read);
        entity.add(read);
      } else {
        reads.delete(id);
        entity.remove(read);
      }
    });
    reads.set(id, read);
    return read;
  }
}

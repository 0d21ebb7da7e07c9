import type { LiveEntity } from './LiveEntity';
import { LiveRead, type LiveReadOptions } from './LiveRead';

/**
 * The reads of one kind, so that components of a page which show the same thing
 * share one.
 *
 * @internal
 */
export class SharedReads<T> {
  readonly #reads = new WeakMap<LiveEntity, Map<string, LiveRead<T>>>();

  /**
   * @param id - tells reads of the same entity apart; those with the same id
   * have to read the same
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

/**
 * Lets callers who want the same thing at the same time share the work. A caller
 * never joins work that had already begun: what that has read may be older than the
 * change that made the caller ask. So of many callers at once, one works at once,
 * and all others share the next turn.
 *
 * @internal
 */
export class Turns<T> {
  private readonly running = new Map<string, Promise<T>>();
  private readonly next = new Map<string, Promise<T>>();

  async share(key: string, work: () => Promise<T>): Promise<T> {
    const pending = this.next.get(key);
    if (pending) {
      return pending;
    }
    const current = this.running.get(key);
    if (!current) {
      return this.run(key, work);
    }
    const turn = (async () => {
      await Promise.allSettled([current]);
      this.next.delete(key);
      return this.run(key, work);
    })();
    this.next.set(key, turn);
    return turn;
  }

  private async run(key: string, work: () => Promise<T>): Promise<T> {
    const run = work();
    this.running.set(key, run);
    try {
      return await run;
    } finally {
      if (this.running.get(key) === run) {
        this.running.delete(key);
      }
    }
  }
}

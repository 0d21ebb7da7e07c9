/** Changes in one transaction. */
const MAX_BATCH = 100;

/**
 * Stores changes in the order in which they arrive, several at once: those that
 * arrive while others are being stored are stored together. So under load a change
 * costs a part of a transaction, and without load none waits for others.
 *
 * @internal
 */
export class ChangeQueue<T> {
  static create<T>(options: {
    store: (changes: readonly T[]) => Promise<void>;
    /** Changes could not be stored; the next call rejects with the failure. */
    onFailed: () => void;
  }): ChangeQueue<T> {
    return new ChangeQueue(options);
  }

  private pending: T[] = [];
  private working?: Promise<void>;
  private failure?: { error: unknown };
  /** Resolve the pending promises of `add`. */
  private forRoom: (() => void)[] = [];

  private constructor(
    private readonly options: {
      store: (changes: readonly T[]) => Promise<void>;
      onFailed: () => void;
    },
  ) {}

  /** Resolves when there is room for more. Rejects if earlier changes are lost. */
  async add(change: T): Promise<void> {
    this.throwFailure();
    this.pending.push(change);
    this.working ??= this.work();
    while (this.pending.length >= MAX_BATCH) {
      await new Promise<void>(resolve => this.forRoom.push(resolve));
    }
    this.throwFailure();
  }

  /** Resolves when nothing is pending. Rejects if earlier changes are lost. */
  async drained(): Promise<void> {
    await this.working;
    this.throwFailure();
  }

  /** Resolves when nothing is pending, because it is stored or lost. */
  async settled(): Promise<void> {
    await this.working;
  }

  private async work(): Promise<void> {
    // Makes sure that `working` is set before the first changes are stored.
    await Promise.resolve();
    while (this.pending.length > 0) {
      const changes = this.take(MAX_BATCH);
      try {
        await this.options.store(changes);
      } catch (error) {
        // What follows may build on what is lost.
        this.take(Infinity);
        this.failure = { error };
        this.options.onFailed();
      }
    }
    this.working = undefined;
  }

  private take(count: number): T[] {
    const taken = this.pending.splice(0, count);
    const resolves = this.forRoom;
    this.forRoom = [];
    resolves.forEach(resolve => resolve());
    return taken;
  }

  private throwFailure(): void {
    const { failure } = this;
    this.failure = undefined;
    if (failure) {
      throw failure.error;
    }
  }
}

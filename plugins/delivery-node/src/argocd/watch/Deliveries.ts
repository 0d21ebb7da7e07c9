interface Delivery {
  run: () => Promise<void>;
  onError: (error: unknown) => void;
  droppable: boolean;
  settle: () => void;
}

/** Calls a listener one call at a time, in the order of `add`. */
export class Deliveries {
  private readonly pending: Delivery[] = [];
  private working?: Promise<void>;
  private ended = false;
  /** Resolve the pending promises of `room`. */
  private forRoom: (() => void)[] = [];

  constructor(private readonly maxPending: number) {}

  /** Resolves when the call has settled, or was dropped. */
  async add(
    run: () => Promise<void>,
    options: {
      onError: (error: unknown) => void;
      /** Whether `drop` may discard it. */
      droppable: boolean;
    },
  ): Promise<void> {
    if (!this.ended) {
      await new Promise<void>(settle => {
        this.pending.push({ run, settle, ...options });
        this.working ??= this.work();
      });
    }
  }

  /** Resolves when there is room for more. */
  async room(): Promise<void> {
    while (this.pending.length >= this.maxPending) {
      await new Promise<void>(resolve => this.forRoom.push(resolve));
    }
  }

  /** Discards the droppable calls that have not started. */
  drop(): void {
    const calls = this.pending.splice(0);
    this.pending.push(...calls.filter(({ droppable }) => !droppable));
    calls
      .filter(({ droppable }) => droppable)
      .forEach(({ settle }) => settle());
    this.notifyOfRoom();
  }

  /**
   * Discards all calls that have not started and ignores later ones. Resolves
   * when the running call has settled.
   */
  async end(): Promise<void> {
    this.ended = true;
    this.pending.splice(0).forEach(({ settle }) => settle());
    this.notifyOfRoom();
    await this.working;
  }

  private async work(): Promise<void> {
    // Makes sure that `working` is set before the first call runs.
    await Promise.resolve();
    for (
      let next = this.pending.shift();
      next !== undefined;
      next = this.pending.shift()
    ) {
      this.notifyOfRoom();
      try {
        await next.run();
      } catch (error) {
        next.onError(error);
      }
      next.settle();
    }
    this.working = undefined;
  }

  private notifyOfRoom(): void {
    const resolves = this.forRoom;
    this.forRoom = [];
    resolves.forEach(resolve => resolve());
  }
}

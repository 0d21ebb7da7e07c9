interface Delivery {
  run: () => Promise<void>;
  onError: (error: unknown) => void;
  droppable: boolean;
}

/** Calls a listener one call after another, in the order in which they were added. */
export class Deliveries {
  private readonly waiting: Delivery[] = [];
  private working?: Promise<void>;
  private ended = false;
  private forRoom: (() => void)[] = [];

  constructor(private readonly maxWaiting: number) {}

  add(
    run: () => Promise<void>,
    options: {
      onError: (error: unknown) => void;
      /** Whether `drop` may forget it. */
      droppable: boolean;
    },
  ): void {
    if (!this.ended) {
      this.waiting.push({ run, ...options });
      this.working ??= this.work();
    }
  }

  /** Resolves when there is room for more. */
  async room(): Promise<void> {
    while (this.waiting.length >= this.maxWaiting) {
      await new Promise<void>(resolve => this.forRoom.push(resolve));
    }
  }

  /** Forgets the droppable calls that have not begun. */
  drop(): void {
    const kept = this.waiting.filter(({ droppable }) => !droppable);
    this.waiting.splice(0, this.waiting.length, ...kept);
    this.tellRoom();
  }

  /** Forgets all calls that have not begun, and those to come; resolves when the one that has begun is over. */
  async end(): Promise<void> {
    this.ended = true;
    this.waiting.length = 0;
    this.tellRoom();
    await this.working;
  }

  private async work(): Promise<void> {
    // `working` is set before the first call runs.
    await Promise.resolve();
    for (
      let next = this.waiting.shift();
      next !== undefined;
      next = this.waiting.shift()
    ) {
      this.tellRoom();
      try {
        await next.run();
      } catch (error) {
        next.onError(error);
      }
    }
    this.working = undefined;
  }

  private tellRoom(): void {
    const told = this.forRoom;
    this.forRoom = [];
    told.forEach(resolve => resolve());
  }
}

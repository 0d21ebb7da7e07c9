/** Where a portal is killed. */
export type Death =
  | { afterStep: string }
  /**
   * At the first write that isn't one of these: it is carried out, but the portal
   * doesn't get the answer.
   */
  | { atWriteBeyond: readonly string[] };

/** What remains of a portal that was killed: whatever it does next, fails. */
class KilledError extends Error {
  override name = 'KilledError';

  constructor() {
    super('The portal was killed');
  }
}

/**
 * The life of a portal, seen from outside: the writes that it sends, and the steps
 * that it ends. It can end at any of them, and then nothing is written any more.
 */
export class Life {
  /** What was written since it began, in order. */
  writes: string[] = [];
  /** Called between a step and the next one. */
  betweenSteps?: (step: string) => Promise<void>;
  #death?: Death;
  #isOver = false;

  begin(death?: Death): void {
    this.writes = [];
    this.betweenSteps = undefined;
    this.#death = death;
    this.#isOver = false;
  }

  /** Whether it ended where it was to end. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Carries out a write, unless the portal is dead, and returns its answer. */
  async write<T>(name: string, send: () => Promise<T>): Promise<T> {
    if (this.#isOver) {
      throw new KilledError();
    }
    const answer = await send();
    this.writes.push(name);
    const death = this.#death;
    if (
      death &&
      'atWriteBeyond' in death &&
      !death.atWriteBeyond.includes(name)
    ) {
      this.#end();
    }
    return answer;
  }

  /** A step has ended. */
  async endStep(step: string): Promise<void> {
    const death = this.#death;
    if (death && 'afterStep' in death && death.afterStep === step) {
      this.#end();
    }
    await this.betweenSteps?.(step);
  }

  #end(): never {
    this.#isOver = true;
    throw new KilledError();
  }
}

/** A pause that can be cut short, even before it begins. */
export class Alarm {
  private rung = false;
  private ring?: () => void;
  private settled?: () => void;

  wake(): void {
    this.rung = true;
    this.ring?.();
  }

  /**
   * Resolves at `wake` or after the time; without a time, only at `wake`.
   * Rejects with the signal's reason.
   */
  async wait(signal: AbortSignal, milliseconds?: number): Promise<void> {
    signal.throwIfAborted();
    if (!this.rung) {
      await new Promise<void>((resolve, reject) => {
        const onAbort = () => reject(signal.reason);
        signal.addEventListener('abort', onAbort);
        this.ring = resolve;
        const timer =
          milliseconds === undefined
            ? undefined
            : setTimeout(resolve, milliseconds);
        this.settled = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', onAbort);
          this.ring = undefined;
        };
      }).finally(() => this.settled?.());
    }
    this.rung = false;
  }
}

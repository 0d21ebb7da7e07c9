/** Lets work wait for a trigger, which may also come before the wait begins. */
export class Trigger {
  private fired = false;
  private resolve?: () => void;
  private clear?: () => void;

  fire(): void {
    this.fired = true;
    this.resolve?.();
  }

  /**
   * Resolves when the trigger fires or after the time; without a time, only when
   * it fires. Rejects with the signal's reason.
   */
  async wait(signal: AbortSignal, milliseconds?: number): Promise<void> {
    signal.throwIfAborted();
    if (!this.fired) {
      await new Promise<void>((resolve, reject) => {
        const onAbort = () => reject(signal.reason);
        signal.addEventListener('abort', onAbort);
        this.resolve = resolve;
        const timer =
          milliseconds === undefined
            ? undefined
            : setTimeout(resolve, milliseconds);
        this.clear = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', onAbort);
          this.resolve = undefined;
        };
      }).finally(() => this.clear?.());
    }
    this.fired = false;
  }
}

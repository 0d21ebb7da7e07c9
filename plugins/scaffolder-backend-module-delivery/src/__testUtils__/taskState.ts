import type { JsonValue } from '@backstage/types';

/**
 * For tests: the checkpoints of one task. As in the scaffolder, a step only sees
 * those of earlier attempts of the task: `recover` begins the next attempt.
 */
export class FakeTaskState {
  readonly #values = new Map<string, string>();
  #earlier = new Map<string, string>();

  readonly checkpoint = async <T extends JsonValue | void>(options: {
    key: string;
    fn: () => Promise<T> | T;
  }): Promise<T> => {
    const earlier = this.#earlier.get(options.key);
    if (earlier !== undefined) {
      return JSON.parse(earlier);
    }
    const value = await options.fn();
    this.#values.set(options.key, JSON.stringify(value ?? {}));
    return value;
  };

  recover(): void {
    this.#earlier = new Map(this.#values);
  }

  /** Everything that is stored, keys included. */
  get stored(): string {
    return JSON.stringify([...this.#values]);
  }
}

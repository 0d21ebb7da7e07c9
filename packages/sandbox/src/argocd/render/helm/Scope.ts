/** The value of `.` and the variables at a point of a template. */
export class Scope {
  readonly #variables = new Map<string, unknown>();

  constructor(readonly dot: unknown, readonly parent?: Scope) {}

  set(name: string, value: unknown): void {
    this.#variables.set(name, value);
  }

  get(name: string): unknown {
    if (this.#variables.has(name)) {
      return this.#variables.get(name);
    }
    if (!this.parent) {
      throw new Error(`undefined variable: ${name}`);
    }
    return this.parent.get(name);
  }
}

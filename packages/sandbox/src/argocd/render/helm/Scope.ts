/** The value of `.` and the variables at a point of a template. */
export class Scope {
  readonly #variables = new Map<string, unknown>();

  constructor(readonly dot: unknown, readonly parent?: Scope) {}

  set(name: string, value: unknown): void {
    this.#variables.set(name, value);
  }

  get(name: string): unknown {
    return this.#owner(name).#variables.get(name);
  }

  assign(name: string, value: unknown): void {
    this.#owner(name).#variables.set(name, value);
  }

  #owner(name: string): Scope {
    if (this.#variables.has(name)) {
      return this;
    }
    if (!this.parent) {
      throw new Error(`undefined variable: ${name}`);
    }
    return this.parent.#owner(name);
  }
}

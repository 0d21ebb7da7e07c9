/** Things to remove at the end, in order of stages; every one is tried. */
const STAGES = ['policies', 'applications', 'branches', 'images'] as const;

export type Stage = (typeof STAGES)[number];

/** Removes something; resolves to what is left of it, in words, or to nothing. */
export type Removal = () => Promise<string | undefined>;

/** Remembers what was made, from before it is made until it is removed. */
export class Cleanup {
  readonly #removals = new Map<Stage, { what: string; remove: Removal }[]>();

  add(stage: Stage, what: string, remove: Removal): void {
    const known = this.#removals.get(stage) ?? [];
    this.#removals.set(stage, [...known, { what, remove }]);
  }

  /**
   * Removes everything; what is removed twice does no harm.
   *
   * @returns what could not be removed, and why
   */
  async run(): Promise<string[]> {
    const left: string[] = [];
    for (const stage of STAGES) {
      await Promise.all(
        (this.#removals.get(stage) ?? []).map(async ({ what, remove }) => {
          try {
            const rest = await remove();
            if (rest) {
              left.push(rest);
            }
          } catch (error) {
            left.push(
              `${what}: ${error instanceof Error ? error.message : error}`,
            );
          }
        }),
      );
      this.#removals.delete(stage);
    }
    return left;
  }
}

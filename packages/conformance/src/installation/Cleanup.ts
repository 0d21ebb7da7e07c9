/**
 * Things to remove at the end, in the order of the stages. Every removal is
 * tried.
 */
const STAGES = ['policies', 'applications', 'branches', 'images'] as const;

export type Stage = (typeof STAGES)[number];

/**
 * Removes something. Resolves to a description of what is left, if anything.
 */
export type Removal = () => Promise<string | undefined>;

/**
 * Keeps a list of what to remove. Entries are added before the thing is
 * created.
 */
export class Cleanup {
  readonly #removals = new Map<Stage, { what: string; remove: Removal }[]>();

  add(stage: Stage, what: string, remove: Removal): void {
    const known = this.#removals.get(stage) ?? [];
    this.#removals.set(stage, [...known, { what, remove }]);
  }

  /**
   * Removes everything. Removing something twice is harmless.
   *
   * @returns what could not be removed, with the reason
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

/**
 * Things to remove at the end, in the order of the phases. Every removal is
 * tried.
 */
const PHASES = ['policies', 'applications', 'branches', 'images'] as const;

export type Phase = (typeof PHASES)[number];

/**
 * Removes something. Resolves to a description of what is left, if anything.
 */
export type Removal = () => Promise<string | undefined>;

/**
 * Keeps a list of what to remove. Entries are added before the thing is
 * created.
 */
export class Cleanup {
  readonly #removals = new Map<Phase, { what: string; remove: Removal }[]>();

  add(phase: Phase, what: string, remove: Removal): void {
    const known = this.#removals.get(phase) ?? [];
    this.#removals.set(phase, [...known, { what, remove }]);
  }

  /**
   * Removes everything. Removing something twice is harmless.
   *
   * @returns what could not be removed, with the reason
   */
  async run(): Promise<string[]> {
    const left: string[] = [];
    for (const phase of PHASES) {
      await Promise.all(
        (this.#removals.get(phase) ?? []).map(async ({ what, remove }) => {
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
      this.#removals.delete(phase);
    }
    return left;
  }
}

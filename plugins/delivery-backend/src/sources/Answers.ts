/**
 * The answers of one run: several applications may need the same one, as in a
 * repository of many. An answer that failed is asked for again.
 *
 * @internal
 */
export class Answers<T> {
  private readonly answers = new Map<string, Promise<T>>();

  async of(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.answers.get(key);
    if (known) {
      return known;
    }
    const asked = ask();
    this.answers.set(key, asked);
    try {
      return await asked;
    } catch (error) {
      this.answers.delete(key);
      throw error;
    }
  }
}

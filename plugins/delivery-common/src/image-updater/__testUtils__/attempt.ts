/** What came of something that may fail: its value, or what the error says. */
export type Outcome<T> =
  | { value: T; error?: undefined }
  | { error: string; value?: undefined };

export function attempt<T>(run: () => T): Outcome<T> {
  try {
    return { value: run() };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** The result of a call that may throw: its value or the error's message. */
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

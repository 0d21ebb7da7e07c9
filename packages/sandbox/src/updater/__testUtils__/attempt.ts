import { messageOf } from '../../errors';

/** The outcome of something that may fail: its value or the error's message. */
export type Outcome<T> =
  | { value: T; error?: undefined }
  | { error: string; value?: undefined };

export function attempt<T>(run: () => T): Outcome<T> {
  try {
    return { value: run() };
  } catch (error) {
    return { error: messageOf(error) };
  }
}

import { z } from 'zod';
import { readRecordingJson } from './vendored';

/** The input of a function of the real Image Updater, and its result. */
export interface RecordedCase<I, E> {
  id: string;
  note?: string;
  input: I;
  expected: E;
}

/** The cases in a file of `recordings/policy/`. */
export function recordedCases<I, E>(
  file: string,
  input: z.ZodType<I>,
  expected: z.ZodType<E>,
): RecordedCase<I, E>[] {
  return z
    .object({
      cases: z.array(
        z.object({
          id: z.string(),
          note: z.string().optional(),
          input,
          expected,
        }),
      ),
    })
    .parse(readRecordingJson(`policy/${file}`)).cases;
}

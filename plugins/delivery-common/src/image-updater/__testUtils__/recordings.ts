import { readRecordingJson } from '@landfall/testing-kit';
import { z } from 'zod';

/** The input and output of a function of the real updater. */
export interface RecordedCase<I, E> {
  id: string;
  note?: string;
  input: I;
  expected: E;
}

/** Reads the cases from a file of recordings of the updater's policy. */
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

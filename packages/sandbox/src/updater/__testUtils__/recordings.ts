import { readRecordingJson } from '@landfall/testing-kit';
import { z } from 'zod';

/**
 * A case of `policy/`: the input of a function of the real updater, and its
 * result.
 */
export interface RecordedCase<I, E> {
  id: string;
  note?: string;
  input: I;
  expected: E;
}

/** The cases in a file of `policy/`. */
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

/**
 * Splits cases into those that must match the recording and those with a known
 * difference.
 */
export function splitKnown<C extends { id: string }>(
  cases: readonly C[],
  known: Record<string, string>,
): { held: C[]; differing: (C & { reason: string })[] } {
  return {
    held: cases.filter(({ id }) => !Object.hasOwn(known, id)),
    differing: cases
      .filter(({ id }) => Object.hasOwn(known, id))
      .map(entry => ({ ...entry, reason: known[entry.id] })),
  };
}

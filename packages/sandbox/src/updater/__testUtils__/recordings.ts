import { readRecordingJson } from '@landfall/testing-kit';
import { z } from 'zod';

/** A case of `policy/`: what a function of the real updater was given, and what it answered. */
export interface RecordedCase<I, E> {
  id: string;
  note?: string;
  input: I;
  expected: E;
}

/** The cases of a file of `policy/`. */
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

/** Splits cases into those held to the recording and those that are known to differ. */
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

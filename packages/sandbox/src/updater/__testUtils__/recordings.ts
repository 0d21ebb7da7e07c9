import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

const FOLDER = resolve(
  __dirname,
  '../../../../..',
  '../shared/contracts/recordings',
);

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
    .parse(readRecording(`policy/${file}`)).cases;
}

/** A recording's content, by its path below the recordings' folder. */
export function readRecording(path: string): unknown {
  return JSON.parse(readFileSync(resolve(FOLDER, path), 'utf8'));
}

/** Names of the files of a folder of recordings. */
export function listRecordings(folder: string): string[] {
  return readdirSync(resolve(FOLDER, folder)).sort();
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

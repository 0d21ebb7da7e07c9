import { writeFileSync } from 'node:fs';

/** The result of a stage of `npm test`, which `scripts/test.mjs` adds up. */
export interface StageResult {
  passed: number;
  /** The names of what failed. */
  failures: readonly string[];
}

/** Writes the result of a system test as JSON. */
export function writeReport(
  file: string,
  { passed, failures }: StageResult,
): void {
  writeFileSync(
    file,
    JSON.stringify({ passed, failed: failures.length, skipped: 0, failures }),
  );
}

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { toolsDir } from '../paths.mjs';

/** The path of a stage's report, which the last run's has been removed from. */
export function newReport(stage) {
  const folder = join(toolsDir, 'reports');
  const report = join(folder, `${stage}.json`);
  mkdirSync(folder, { recursive: true });
  rmSync(report, { force: true });
  return report;
}

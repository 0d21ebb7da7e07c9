import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';

/**
 * Prints a benchmark's table below the machine's name, and writes all its figures
 * as JSON to the file, if there is one.
 */
export function printAndKeep(
  table: string,
  figures: object,
  output: string | undefined,
): void {
  const machine = {
    processor: cpus()[0]?.model.trim(),
    cores: cpus().length,
    node: process.version,
    at: new Date().toISOString(),
  };
  const { cores, processor, node } = machine;
  console.log(`\n${cores} × ${processor}, Node ${node}\n\n${table}`);
  if (output) {
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(
      output,
      `${JSON.stringify({ machine, ...figures }, undefined, 2)}\n`,
    );
    console.log(`\nAll figures: ${output}`);
  }
}

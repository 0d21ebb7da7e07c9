import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { measureDecisions } from './decisions';
import { measureImages } from './images';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { output: { type: 'string' } } });
  const decisions = measureDecisions();
  console.log('10,000 applications, 1,000 tags each:');
  for (const { what, totalMs, each } of decisions) {
    console.log(
      `  ${what.padEnd(20)} ${totalMs
        .toFixed(0)
        .padStart(6)} ms in all; each p50 ${each.p50.toFixed(
        2,
      )} ms, p95 ${each.p95.toFixed(2)} ms, max ${each.max.toFixed(1)} ms`,
    );
  }
  const read = await measureImages(line => console.log(line));
  console.log(
    `DescribeImages of ${read.images} images: ${read.ms.toFixed(
      0,
    )} ms, ${read.cpuMs.toFixed(
      0,
    )} ms of the processor, ${read.megabytes.toFixed(0)} MB more memory`,
  );
  if (values.output) {
    mkdirSync(dirname(values.output), { recursive: true });
    const machine = { processor: cpus()[0]?.model, node: process.version };
    writeFileSync(
      values.output,
      `${JSON.stringify({ machine, decisions, read }, undefined, 2)}\n`,
    );
    console.log(`All figures: ${values.output}`);
  }
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});

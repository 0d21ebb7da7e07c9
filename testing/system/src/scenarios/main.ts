import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ROOT } from '../processes';
import { HELP, readOptions } from './options';
import { resultText } from './report';
import { runScenario } from './runScenario';
import { Testbed } from './Testbed';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    console.log(HELP);
    return;
  }
  const { scenarios } = options;
  const folder = resolve(ROOT, '.tools/reports/scenarios');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const startedAt = Date.now();
  const seconds = () => ((Date.now() - startedAt) / 1000).toFixed(0);
  console.log('Starting sandbox and portal …');
  const testbed = await Testbed.start(folder, scenarios);
  let passed = 0;
  try {
    await Promise.all([
      testbed.ready(),
      ...testbed.runs.map(async (scenario, index) => {
        const result = await runScenario(scenarios[index], scenario);
        passed += result.failure === undefined ? 1 : 0;
        console.log(resultText(result, folder));
      }),
    ]);
  } finally {
    await testbed.stop();
  }
  const failed = scenarios.length - passed;
  console.log(
    `\n${
      scenarios.length
    } scenarios: ${passed} as expected, ${failed} different, in ${seconds()} s`,
  );
  if (options.report) {
    writeFileSync(
      options.report,
      JSON.stringify({ passed, failed, skipped: 0 }),
    );
  }
  process.exitCode = failed > 0 ? 1 : 0;
}

main().then(
  () => process.exit(),
  error => {
    console.error(error instanceof Error ? error.stack : error);
    process.exit(1);
  },
);

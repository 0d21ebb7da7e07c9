import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { ROOT } from '../processes';
import { writeReport } from '../writeReport';
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
  const failures: string[] = [];
  try {
    await Promise.all([
      testbed.ready(),
      ...testbed.runs.map(async (scenario, index) => {
        const result = await runScenario(scenarios[index], scenario);
        if (result.failure !== undefined) {
          failures.push(result.scenario.name);
        }
        console.log(resultText(result, folder));
      }),
    ]);
  } finally {
    await testbed.stop();
  }
  const passed = scenarios.length - failures.length;
  console.log(
    `\n${scenarios.length} scenarios: ${passed} as expected, ${
      failures.length
    } different, in ${seconds()} s`,
  );
  if (options.report) {
    writeReport(options.report, { passed, failures });
  }
  process.exitCode = failures.length > 0 ? 1 : 0;
}

main().then(
  () => process.exit(),
  error => {
    console.error(error instanceof Error ? error.stack : error);
    process.exit(1);
  },
);

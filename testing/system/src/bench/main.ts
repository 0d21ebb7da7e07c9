import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type PortalDatabase,
  PostgresProcess,
  SandboxProcess,
} from '../processes';
import { tableOf } from './report';
import { measureWatch, type SizeResult, type WatchPlan } from './watch';

/** A cycle that never comes, so that only the fleet is active. */
const NEVER_SECONDS = 86_400;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '100,1000,10000' },
      databases: { type: 'string', default: 'sqlite,postgres' },
      rate: { type: 'string', default: '20' },
      seconds: { type: 'string', default: '20' },
      rates: { type: 'string', default: '50,100,200,300,400,600,800,1200' },
      output: { type: 'string' },
    },
  });
  const plan: WatchPlan = {
    sizes: numbers(values.sizes),
    rate: Number(values.rate),
    seconds: Number(values.seconds),
    rates: numbers(values.rates),
  };
  const begin = Date.now();
  const say = (line: string) =>
    console.log(`[${((Date.now() - begin) / 1000).toFixed(0)} s] ${line}`);
  const results: SizeResult[] = [];
  for (const database of values.databases.split(',')) {
    results.push(...(await measureOn(database, plan, say)));
  }
  const machine = {
    processor: cpus()[0]?.model.trim(),
    cores: cpus().length,
    node: process.version,
    at: new Date(begin).toISOString(),
  };
  console.log(
    `\n${machine.cores} × ${machine.processor}, Node ${
      machine.node
    }\n\n${tableOf(results)}`,
  );
  if (values.output) {
    mkdirSync(dirname(values.output), { recursive: true });
    writeFileSync(
      values.output,
      `${JSON.stringify({ machine, plan, results }, undefined, 2)}\n`,
    );
    console.log(`\nAll figures: ${values.output}`);
  }
}

async function measureOn(
  database: string,
  plan: WatchPlan,
  say: (line: string) => void,
): Promise<SizeResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-bench-'));
  const postgres =
    database === 'postgres' ? await PostgresProcess.start() : undefined;
  const sandbox = await SandboxProcess.start({
    folder: join(folder, 'sandbox'),
    updaterSeconds: NEVER_SECONDS,
    script: 'testing/system/src/bench/fleet/main.ts',
  });
  const databaseFor = (name: string): PortalDatabase => {
    if (postgres) {
      return {
        kind: 'postgres',
        connectionString: postgres.connectionString,
        prefix: `${name.replace(/-/g, '_')}_`,
      };
    }
    const data = join(folder, name);
    mkdirSync(data);
    return { kind: 'sqlite', folder: data };
  };
  try {
    return await measureWatch({ sandbox, folder, databaseFor, plan, say });
  } finally {
    await sandbox.stop();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function numbers(text: string): number[] {
  return text.split(',').map(Number);
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});

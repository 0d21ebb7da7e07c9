import { parseArgs } from 'node:util';
import { onDatabases } from '../onDatabases';
import { printAndKeep } from '../printAndKeep';
import { tableOf } from './report';
import { measureWatch, type SizeResult, type WatchPlan } from './watch';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '100,1000,10000' },
      databases: { type: 'string', default: 'sqlite,postgres' },
      rate: { type: 'string', default: '20' },
      seconds: { type: 'string', default: '20' },
      large: { type: 'boolean', default: false },
      rates: { type: 'string', default: '50,100,200,300,400,600,800,1200' },
      output: { type: 'string' },
    },
  });
  const plan: WatchPlan = {
    sizes: numbers(values.sizes),
    rate: Number(values.rate),
    seconds: Number(values.seconds),
    rates: numbers(values.rates),
    large: values.large,
  };
  const begin = Date.now();
  const say = (line: string) =>
    console.log(`[${((Date.now() - begin) / 1000).toFixed(0)} s] ${line}`);
  const results: SizeResult[] = [];
  await onDatabases(values.databases.split(','), async place => {
    results.push(...(await measureWatch({ ...place, plan, say })));
  });
  printAndKeep(tableOf(results), { plan, results }, values.output);
}

function numbers(text: string): number[] {
  return text.split(',').map(Number);
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});

import type { RunResult } from './FaultRun';
import type { RunPlan } from './scenario';

/** The name of a run in the list of failures. */
export function nameOf({ seed, fault, target }: RunPlan): string {
  return `seed ${seed}, ${fault} on ${target}`;
}

/** A run in one line. */
export function resultLine({ plan, seconds, differences }: RunResult): string {
  const { seed, fault, target } = plan;
  return `seed ${String(seed).padEnd(6)} ${fault.padEnd(12)} on ${target.padEnd(
    8,
  )} ${seconds.toFixed(1).padStart(6)} s  ${
    differences.length === 0 ? 'equal' : 'DIFFERENT'
  }`;
}

/** Everything that helps to find out why a run failed. */
export function failureText(
  { plan, differences, log }: RunResult,
  folder: string,
): string {
  return [
    ...plan.services.flatMap(({ applications, steps }) => [
      `  ${applications
        .map(
          ({ name, writeBack, automated }) =>
            `${name} (${writeBack}${automated ? '' : ', synced by hand'})`,
        )
        .join(', ')}:`,
      ...steps.map(step => `    ${JSON.stringify(step)}`),
    ]),
    '  The fault:',
    ...log.map(line => `    ${line}`),
    '  Expected (-) and found (+):',
    ...differences.map(line => `    ${line}`),
    `  Run it again: yarn faults --seed ${plan.seed} --runs 1 --only ${plan.fault}`,
    `  Logs of the processes: ${folder}`,
  ].join('\n');
}

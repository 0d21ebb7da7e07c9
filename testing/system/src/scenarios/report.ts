import type { ScenarioResult } from './runScenario';
import { textOf, timelineText, type Words } from './expectations';
import type { Step } from './types';

const WIDTH = 100;

/** A scenario in one line, with the portal's messages in the lines below. */
export function resultText(
  { scenario, seconds, reports, failure, history }: ScenarioResult,
  folder: string,
): string {
  const head = `${scenario.name.padEnd(20)} ${seconds
    .toFixed(1)
    .padStart(5)} s  ${failure === undefined ? 'as expected' : 'DIFFERENT'}  ${
    scenario.story
  }`;
  const words = reports.map(
    ({ code, message }) => `    ${code.padEnd(20)} ${shortened(message)}`,
  );
  if (failure === undefined) {
    return [head, ...words].join('\n');
  }
  return [
    head,
    ...words,
    `  ${failure}`,
    '  Steps:',
    ...scenario.steps.map(step => `    ${stepText(step)}`),
    '  Reports of the portal:',
    ...history.map(line => `    ${line}`),
    `  Run it again: yarn scenarios --only ${scenario.name}`,
    `  Logs of the processes: ${folder}`,
  ].join('\n');
}

function stepText(step: Step): string {
  if ('does' in step) {
    return step.does;
  }
  if ('timeline' in step) {
    return `the portal has the promotions ${timelineText(
      step.timeline,
    )}, and no others`;
  }
  if ('ownCommit' in step) {
    return `each is live by its own commit: ${step.ownCommit.join(', ')}`;
  }
  return 'code' in step
    ? `the portal reports ${step.code}${quoted(step.words)}`
    : `the portal's verdict is ${step.verdict}${quoted(step.words)}`;
}

function quoted(words: Words | undefined): string {
  return words === undefined ? '' : `: "…${textOf(words)}…"`;
}

function shortened(message: string): string {
  const line = message.replace(/\s+/g, ' ');
  return line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line;
}

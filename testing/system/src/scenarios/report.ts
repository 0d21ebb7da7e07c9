import type { ScenarioResult } from './runScenario';
import { textOf } from './textOf';
import type { Step, TimelineExpectation, Words } from './types';

const WIDTH = 100;

/** A scenario in one line, with the portal's messages in the lines below. */
export function resultText(
  { scenario, seconds, said, failure, history }: ScenarioResult,
  folder: string,
): string {
  const head = `${scenario.name.padEnd(20)} ${seconds
    .toFixed(1)
    .padStart(5)} s  ${failure === undefined ? 'as expected' : 'DIFFERENT'}  ${
    scenario.story
  }`;
  const words = said.map(
    ({ code, message }) => `    ${code.padEnd(20)} ${shortened(message)}`,
  );
  if (failure === undefined) {
    return [head, ...words].join('\n');
  }
  return [
    head,
    ...words,
    `  ${failure}`,
    '  What was to happen:',
    ...scenario.steps.map(step => `    ${stepText(step)}`),
    '  What the portal said:',
    ...history.map(line => `    ${line}`),
    `  Again: yarn scenarios --only ${scenario.name}`,
    `  Logs of the processes: ${folder}`,
  ].join('\n');
}

function stepText(step: Step): string {
  if ('does' in step) {
    return step.does;
  }
  if ('timeline' in step) {
    return `the portal knows the promotions ${timelineText(
      step.timeline,
    )}, and no other`;
  }
  if ('ownCommit' in step) {
    return `each is live by its own commit: ${step.ownCommit.join(', ')}`;
  }
  return 'code' in step
    ? `the portal says ${step.code}${quoted(step.words)}`
    : `the portal judges ${step.verdict}${quoted(step.words)}`;
}

/** Formatted like `1.0.0 live, 1.0.1 open`. */
export function timelineText(
  timeline: TimelineExpectation['timeline'],
): string {
  return Object.entries(timeline)
    .map(([tag, outcome]) => `${tag} ${outcome}`)
    .join(', ');
}

function quoted(words: Words | undefined): string {
  return words === undefined ? '' : `: "…${textOf(words)}…"`;
}

function shortened(message: string): string {
  const line = message.replace(/\s+/g, ' ');
  return line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line;
}

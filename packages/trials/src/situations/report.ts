import type { SituationResult } from './runSituation';

const WIDTH = 100;

/** A situation in a line, and what the portal said in those below. */
export function resultText(
  { situation, seconds, said, failure, history }: SituationResult,
  folder: string,
): string {
  const head = `${situation.name.padEnd(20)} ${seconds
    .toFixed(1)
    .padStart(5)} s  ${failure === undefined ? 'as expected' : 'DIFFERENT'}  ${
    situation.story
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
    ...situation.steps.map(step =>
      'code' in step
        ? `    the portal says ${step.code}: "…${step.words}…"`
        : `    ${step.does}`,
    ),
    '  What the portal said:',
    ...history.map(line => `    ${line}`),
    `  Again: yarn situations --only ${situation.name}`,
    `  Logs of the processes: ${folder}`,
  ].join('\n');
}

function shortened(message: string): string {
  const line = message.replace(/\s+/g, ' ');
  return line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line;
}

import { parseArgs } from 'node:util';
import { SITUATIONS } from './table';
import type { Situation } from './types';

export const HELP = `yarn situations [--only <situation>]

What can keep a version from being deployed, brought about in a sandbox, and
what a portal says of it.

  --only SITUATION  only this one, and others that are named so too:
${SITUATIONS.map(
  ({ name, story }) => `                    ${name.padEnd(20)} ${story}`,
).join('\n')}
`;

export interface Options {
  situations: Situation[];
  /** A file for the counts, as JSON. */
  report?: string;
}

/**
 * @returns nothing when it is help that is asked for
 * @throws Error for a situation that isn't in the table
 */
export function readOptions(args: string[]): Options | undefined {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', multiple: true },
      report: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    return undefined;
  }
  const { only, report } = values;
  const unknown = only?.find(
    name => !SITUATIONS.some(situation => situation.name === name),
  );
  if (unknown !== undefined) {
    throw new Error(
      `There is no situation ${unknown}; there are ${SITUATIONS.map(
        ({ name }) => name,
      ).join(', ')}`,
    );
  }
  return {
    situations: SITUATIONS.filter(({ name }) => only?.includes(name) ?? true),
    ...(report && { report }),
  };
}

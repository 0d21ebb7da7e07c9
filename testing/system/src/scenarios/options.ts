import { parseArgs } from 'node:util';
import { SITUATIONS } from './table';
import type { Scenario } from './types';

export const HELP = `yarn scenarios [--only <scenario>]

What can keep a version from being deployed, brought about in a sandbox, and
what a portal says of it.

  --only SITUATION  only this one, and others that are named so too:
${SITUATIONS.map(
  ({ name, story }) => `                    ${name.padEnd(20)} ${story}`,
).join('\n')}
`;

export interface Options {
  scenarios: Scenario[];
  /** The file for the counts, as JSON. */
  report?: string;
}

/**
 * @returns undefined if help is requested
 * @throws Error for a scenario that isn't in the table
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
    name => !SITUATIONS.some(scenario => scenario.name === name),
  );
  if (unknown !== undefined) {
    throw new Error(
      `There is no scenario ${unknown}; there are ${SITUATIONS.map(
        ({ name }) => name,
      ).join(', ')}`,
    );
  }
  return {
    scenarios: SITUATIONS.filter(({ name }) => only?.includes(name) ?? true),
    ...(report && { report }),
  };
}

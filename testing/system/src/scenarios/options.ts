import { parseArgs } from 'node:util';
import { SCENARIOS } from './table';
import type { Scenario } from './types';

export const HELP = `yarn scenarios [--only <scenario>]

Produces in a sandbox what can keep a version from being deployed, and checks
what a portal reports about it.

  --only SCENARIO   runs only this scenario; may be repeated. One of:
${SCENARIOS.map(
  ({ name, story }) => `                    ${name.padEnd(20)} ${story}`,
).join('\n')}
`;

export interface Options {
  scenarios: Scenario[];
  /** The file for the result, as JSON. */
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
    name => !SCENARIOS.some(scenario => scenario.name === name),
  );
  if (unknown !== undefined) {
    throw new Error(
      `There is no scenario ${unknown}; there are ${SCENARIOS.map(
        ({ name }) => name,
      ).join(', ')}`,
    );
  }
  return {
    scenarios: SCENARIOS.filter(({ name }) => only?.includes(name) ?? true),
    ...(report && { report }),
  };
}

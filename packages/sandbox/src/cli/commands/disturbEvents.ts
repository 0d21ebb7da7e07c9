import { z } from 'zod';
import type { CommandContext } from '../context';
import { Failure } from '../Failure';
import { failureOf } from '../failureOf';
import { loadConfig } from '../loadConfig';
import { ecrUrl } from '../registry';
import { request, withJson } from '../request';

/** The options of `disturb-events`. */
export interface DisturbEventsOptions {
  lose?: string;
  double?: string;
  shuffle?: string;
  repository?: string;
  clear?: boolean;
  config?: string;
}

const statusSchema = z.object({
  lose: z.number(),
  double: z.number(),
  shuffle: z.number(),
  held: z.number(),
  repository: z.string().optional(),
});

/**
 * Sets the faults of the registry's next events, or reports the remaining ones.
 */
export async function disturbEvents(
  options: DisturbEventsOptions,
  { out, env }: CommandContext,
): Promise<void> {
  const { lose, double, shuffle, repository, clear } = options;
  const counts = Object.entries({ lose, double, shuffle }).flatMap(
    ([fault, text]) => (text === undefined ? [] : [[fault, numberOf(text)]]),
  );
  if (clear && counts.length > 0) {
    throw new Failure('Either --clear, or what is to go wrong.');
  }
  if (repository !== undefined && counts.length === 0) {
    throw new Failure(
      `What is to go wrong with events of ${repository}? Add --lose, --double or --shuffle.`,
    );
  }
  const config = await loadConfig({ env, file: options.config });
  const isTold = clear || counts.length > 0;
  const response = await request(
    'The registry',
    `${ecrUrl(config)}/_sandbox/events`,
    isTold
      ? withJson('PUT', { ...Object.fromEntries(counts), repository })
      : {},
  );
  if (!response.ok) {
    throw await failureOf(response);
  }
  out(inWords(statusSchema.parse(await response.json())));
}

function numberOf(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 10_000) {
    throw new Failure(`"${text}" is no number of events, 0 to 10000.`);
  }
  return Number(text);
}

function inWords({
  lose,
  double,
  shuffle,
  held,
  repository = 'the registry',
}: z.infer<typeof statusSchema>): string {
  const parts = [
    ...(lose > 0 ? [`${lose} will be lost`] : []),
    ...(double > 0 ? [`${double} will arrive twice`] : []),
    ...(shuffle > 0 ? [`${shuffle} will be shuffled`] : []),
    ...(held > 0 ? [`${held} are held back for that`] : []),
  ];
  return parts.length === 0
    ? 'Events of the registry arrive as they should.'
    : `Of the next events of ${repository}, ${parts.join(', then ')}.`;
}

import { z } from 'zod';
import { argocdUrl } from '../applications';
import type { CommandContext } from '../context';
import { Failure } from '../Failure';
import { loadConfig } from '../loadConfig';
import { request, withJson } from '../request';
import { failureOf } from '../failureOf';

/** Tens of thousands of applications take a while. */
const TIMEOUT_MS = 300_000;

/** The options of `grow-fleet`. */
export interface GrowFleetOptions {
  environments?: string;
  config?: string;
}

/** Grows or shrinks the fleet to the given size; 0 removes it. */
export async function growFleet(
  size: string,
  options: GrowFleetOptions,
  { out, env }: CommandContext,
): Promise<void> {
  if (!/^\d+$/.test(size)) {
    throw new Failure(`"${size}" is no number of applications.`);
  }
  const config = await loadConfig({ env, file: options.config });
  const response = await request(
    'Argo CD',
    `${argocdUrl(config)}/_sandbox/fleet`,
    withJson('PUT', {
      size: Number(size),
      ...(options.environments && {
        environments: options.environments.split(',').map(one => one.trim()),
      }),
    }),
    TIMEOUT_MS,
  );
  if (!response.ok) {
    throw await failureOf(response);
  }
  const fleet = z.object({ size: z.number() }).parse(await response.json());
  out(
    fleet.size === 0
      ? 'There is no fleet any more.'
      : `The fleet has ${fleet.size} applications, in the project and namespace "fleet".`,
  );
}

import { argocdUrl } from '../applications';
import type { CommandContext } from '../context';
import { Failure } from '../Failure';
import { failureOf } from '../failureOf';
import { loadConfig } from '../loadConfig';
import { request, withJson } from '../request';

/**
 * Added to the time in which promotions are started, so that the last ones can
 * end.
 */
const GRACE_SECONDS = 60;

/** The options of `stir`. */
export interface StirOptions {
  rate: string;
  seconds: string;
  config?: string;
}

/**
 * Promotes images at a given rate of events, and reports how many events were
 * sent.
 */
export async function stir(
  options: StirOptions,
  { out, env }: CommandContext,
): Promise<void> {
  const rate = numberOf('rate', options.rate);
  const seconds = numberOf('seconds', options.seconds);
  const config = await loadConfig({ env, file: options.config });
  const begin = Date.now();
  const response = await request(
    'Argo CD',
    `${argocdUrl(config)}/_sandbox/fleet/stir`,
    withJson('POST', { rate, seconds }),
    (seconds + GRACE_SECONDS) * 1000,
  );
  if (!response.ok) {
    throw await failureOf(response);
  }
  // Each line is one event.
  const events = (await response.text()).split('\n').length - 1;
  const took = (Date.now() - begin) / 1000;
  out(
    `Argo CD sent ${events} events in ${took.toFixed(1)} s, ${(
      events / took
    ).toFixed(1)} a second.`,
  );
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new Failure(`--${name} is "${text}": give a number.`);
  }
  return value;
}

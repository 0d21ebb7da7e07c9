import { setTimeout as sleep } from 'node:timers/promises';
import type { ArgoCdRelay } from '../ArgoCdRelay';
import { PageClient } from './PageClient';
import { type Spread, spreadOf } from '../statistics';

/** Until the compiler has optimized what a view runs. */
const WARM_UP_VIEWS = 100;
const VIEWS = 30;
const TOGETHER = 100;
/** The first of them isn't counted. */
const ROUNDS = 3;
/** Longer than Landfall keeps what a caller may see. */
const PAUSE_MS = 6000;
const GIVE_UP_MS = 12_000;

/** A running portal whose page is viewed. */
export interface Contestant {
  name: string;
  url: string;
  /** The tokens of its callers; views take turns. */
  tokens: readonly string[];
  /** The processor's time of its process so far, in milliseconds. */
  cpuMs(): number;
  view(client: PageClient): Promise<unknown>;
}

/** What one page view costs; durations in milliseconds. */
export interface ContestResult {
  name: string;
  instances: number;
  upstreamCalls: number;
  kilobytes: number;
  one: Spread;
  together: Spread;
  /** The same by callers that have asked for nothing for some time. */
  returning: Spread;
  /** The processor's time in the portal's process for one of these views. */
  cpuMs: number;
  /** A view while one of the instances doesn't answer. */
  hanging?: string;
}

/** Views the page of a contestant, once the relays' Argo CDs are known to it. */
export async function measureContestant(
  contestant: Contestant,
  relays: readonly ArgoCdRelay[],
): Promise<ContestResult> {
  const requests = () => relays.reduce((sum, relay) => sum + relay.requests, 0);
  for (let i = 0; i < WARM_UP_VIEWS; i++) {
    await viewOnce(contestant, i);
  }
  const before = requests();
  const { bytes } = await viewOnce(contestant, 1);
  const upstreamCalls = requests() - before;
  const one: number[] = [];
  for (let i = 0; i < VIEWS; i++) {
    one.push((await viewOnce(contestant, i)).ms);
  }
  const viewTogether = () =>
    Promise.all(
      Array.from({ length: TOGETHER }, (_, i) => viewOnce(contestant, i)),
    );
  await viewTogether();
  const together: number[] = [];
  const cpuBefore = contestant.cpuMs();
  for (let round = 1; round < ROUNDS; round++) {
    together.push(...(await viewTogether()).map(({ ms }) => ms));
  }
  const cpuMs = (contestant.cpuMs() - cpuBefore) / together.length;
  const returning: number[] = [];
  for (let round = 1; round < ROUNDS; round++) {
    await sleep(PAUSE_MS);
    returning.push(...(await viewTogether()).map(({ ms }) => ms));
  }
  return {
    name: contestant.name,
    instances: relays.length,
    upstreamCalls,
    kilobytes: bytes / 1000,
    one: spreadOf(one),
    together: spreadOf(together),
    returning: spreadOf(returning),
    cpuMs,
    ...(relays.length > 1 && {
      hanging: await viewWhileHanging(contestant, relays),
    }),
  };
}

async function viewWhileHanging(
  contestant: Contestant,
  relays: readonly ArgoCdRelay[],
): Promise<string> {
  const last = relays[relays.length - 1];
  last.hangs = true;
  try {
    const { ms } = await viewOnce(contestant, 0, GIVE_UP_MS);
    return `${ms.toFixed(0)} ms`;
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError'
      ? `nothing in ${GIVE_UP_MS / 1000} s`
      : `fails: ${error}`;
  } finally {
    last.hangs = false;
  }
}

async function viewOnce(
  { url, tokens, view }: Contestant,
  number: number,
  timeoutMs = 120_000,
): Promise<{ ms: number; bytes: number }> {
  const client = new PageClient(
    url,
    tokens[number % tokens.length],
    AbortSignal.timeout(timeoutMs),
  );
  const begin = performance.now();
  await view(client);
  return { ms: performance.now() - begin, bytes: client.bytes };
}

import { waitUntil } from '@landfall/testing-kit';
import { join } from 'node:path';
import type { PortalDatabase } from '../../processes';
import { CommitClock } from '../CommitClock';
import { type BareRead, FleetClient } from '../FleetClient';
import type { Place } from '../onDatabases';
import { type FirstRead, PortalUnderTest } from './PortalUnderTest';
import { type Spread, spreadOf } from '../statistics';

/** What to measure, and for how long. */
export interface WatchPlan {
  /** The numbers of applications. */
  sizes: number[];
  /**
   * The rate, in events per second, at which the time to the committed row is
   * measured.
   */
  rate: number;
  /** How long each measurement sends events. */
  seconds: number;
  /** Rates to try with the largest size, until one is too high. */
  rates: number[];
  /** Whether applications have 60 KB instead of 6. */
  large: boolean;
}

/** The results of one size on one database; times in milliseconds. */
export interface SizeResult {
  database: PortalDatabase['kind'];
  applications: number;
  bare: BareRead;
  firstRead: FirstRead;
  /**
   * The time from then until an event arrived. The stream reports the existing
   * applications first.
   */
  caughtUpMs: number;
  rereadMs: number;
  /**
   * How many revisions of the history were requested after the first read, and
   * how long that took.
   */
  history: { revisions: number; ms: number };
  /**
   * From Argo CD's event to the committed row, while the history was still
   * being requested.
   */
  whileReading?: EventsResult;
  /** The same, after that. */
  events: EventsResult;
  sustained?: SustainedResult;
  peakMegabytes: number;
}

/** The result of trying one rate after another, until events queue up. */
interface SustainedResult {
  /** The highest sustained rate, in events per second. */
  perSecond: number;
  tried: EventsResult[];
}

/** Events at one rate: from Argo CD's sending to the committed row, in milliseconds. */
export interface EventsResult extends Spread {
  sentPerSecond: number;
  /** How many were not in the database a second after the last one was sent. */
  behind: number;
}

/**
 * If events are missing from the database this long after the last one was
 * sent, the rate is too high.
 */
const MOST_BEHIND_MS = 1000;
const SETTLE_MS = 120_000;
const QUIET_TIMEOUT_MS = 1_800_000;

/**
 * Measures one database with one size after another, each with its own portal.
 */
export async function measureWatch(
  options: Place & { plan: WatchPlan; say: (line: string) => void },
): Promise<SizeResult[]> {
  const { sandbox, plan, say } = options;
  const fleet = new FleetClient(sandbox.urls.argocd);
  const results: SizeResult[] = [];
  const largest = Math.max(...plan.sizes);
  for (const size of plan.sizes) {
    const name = `portal-${size}`;
    const database = options.databaseFor(name);
    const where = `${size} applications, ${database.kind}`;
    await fleet.grow(size, { large: plan.large });
    const bare = await bareReadOf(fleet);
    say(`${where}: bare download ${bare.downloadMs.toFixed(0)} ms`);
    const { portal, firstRead } = await PortalUnderTest.start({
      sandbox,
      folder: join(options.folder, database.kind),
      name,
      database,
      fleet: size,
    });
    try {
      say(
        `${where}: first read ${firstRead.ms} ms, ${firstRead.cpuMs} ms of the processor`,
      );
      const begin = Date.now();
      // The stream begins by reporting everything that exists; the first event
      // arrives after that.
      const one = { rate: 4, seconds: 0.001 };
      const { max: caughtUpMs } = await measureEvents(portal, fleet, one);
      const revisions = await portal.revisionsToAskFor();
      const steady = { rate: plan.rate, seconds: plan.seconds };
      const early = await measureEvents(portal, fleet, steady);
      const isBusy = (await portal.revisionsToAskFor()) > 0;
      await untilQuiet(portal);
      const history = { revisions, ms: Date.now() - begin };
      say(`${where}: ${revisions} revisions in ${history.ms} ms`);
      const events = await measureEvents(portal, fleet, steady);
      say(`${where}: ${describe(events)}`);
      const sustained =
        size === largest
          ? await measureSustained(portal, fleet, plan, say)
          : undefined;
      const peakMegabytes = portal.peakRss() / 1e6;
      await untilQuiet(portal);
      results.push({
        database: database.kind,
        applications: size,
        bare,
        firstRead,
        caughtUpMs,
        history,
        ...(isBusy && { whileReading: early }),
        events,
        ...(sustained && { sustained }),
        peakMegabytes,
        rereadMs: await portal.readAgain(),
      });
    } finally {
      await portal.stop();
    }
  }
  return results;
}

/** The fastest of three reads, after one that warms up the server. */
async function bareReadOf(fleet: FleetClient): Promise<BareRead> {
  await fleet.bareRead();
  const reads: BareRead[] = [];
  for (let i = 0; i < 3; i++) {
    reads.push(await fleet.bareRead());
  }
  return reads.reduce((best, read) =>
    read.downloadMs < best.downloadMs ? read : best,
  );
}

async function measureEvents(
  portal: PortalUnderTest,
  fleet: FleetClient,
  stirring: { rate: number; seconds: number },
): Promise<EventsResult> {
  const clock = new CommitClock(portal.knex);
  const begin = Date.now();
  try {
    await fleet.stir(stirring, event => clock.sent(event));
    const sent = clock.delays.length + clock.pending;
    const sentPerSecond = (sent / (Date.now() - begin)) * 1000;
    await clock.settle(MOST_BEHIND_MS);
    const behind = clock.pending;
    await clock.settle(SETTLE_MS);
    return { sentPerSecond, behind, ...spreadOf(clock.delays) };
  } finally {
    await clock.stop();
  }
}

async function measureSustained(
  portal: PortalUnderTest,
  fleet: FleetClient,
  plan: WatchPlan,
  say: (line: string) => void,
): Promise<SustainedResult> {
  const tried: SustainedResult['tried'] = [];
  let perSecond = 0;
  for (const rate of plan.rates) {
    await untilQuiet(portal);
    const result = await measureEvents(portal, fleet, {
      rate,
      seconds: plan.seconds,
    });
    tried.push(result);
    say(describe(result));
    if (result.behind > 0) {
      break;
    }
    perSecond = result.sentPerSecond;
  }
  return { perSecond, tried };
}

function describe({ sentPerSecond, p50, p95, max, behind }: EventsResult) {
  return `${sentPerSecond.toFixed(
    0,
  )} events a second: p50 ${p50} ms, p95 ${p95} ms, max ${max} ms${
    behind > 0 ? `, ${behind} behind` : ''
  }`;
}

async function untilQuiet(portal: PortalUnderTest): Promise<void> {
  await waitUntil(
    'the revisions of the history were asked for',
    async () => (await portal.revisionsToAskFor()) === 0,
    { intervalMs: 250, timeoutMs: QUIET_TIMEOUT_MS },
  );
}

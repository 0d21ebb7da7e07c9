import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from './Random';
import type { Fault } from './scenario';
import type { Disturbed, Testbed } from './Testbed';

/** A fault in progress. */
export interface Disturbance {
  /** The actions so far, with the milliseconds since the start. */
  log: string[];
  /** Ends the fault. When this resolves, everything works again. */
  lift(): Promise<void>;
}

/**
 * Applies a fault to a portal until it is lifted. The seed decides the moments.
 */
export function disturb(options: {
  fault: Fault;
  disturbed: Disturbed;
  testbed: Testbed;
  random: Random;
}): Disturbance {
  const { disturbed, testbed } = options;
  const log: string[] = [];
  const startedAt = Date.now();
  const note = (what: string) => {
    log.push(`+${Date.now() - startedAt} ms ${what}`);
  };
  const over = new AbortController();
  const done = befall({ ...options, note, over: over.signal });
  return {
    log,
    async lift() {
      over.abort();
      await done;
      disturbed.argocd.set({});
      disturbed.ecr.set({});
      disturbed.argocd.acceptTokens();
      testbed.events.set(disturbed.name, undefined);
      note('lifted');
    },
  };
}

interface Context {
  fault: Fault;
  disturbed: Disturbed;
  testbed: Testbed;
  random: Random;
  note: (what: string) => void;
  /** Aborts when the fault must end. */
  over: AbortSignal;
}

async function befall(context: Context): Promise<void> {
  const { fault, random, over } = context;
  await pause(random.between(0, 1500), over);
  switch (fault) {
    case 'cut':
    case 'silence':
    case 'disorder':
    case 'drop':
    case 'slow':
      await disturbNetwork(context);
      break;
    case 'errors':
      await failAnswers(context);
      break;
    case 'unauthorized':
      await refuseTokens(context);
      break;
    case 'replica':
      await killOwner(context);
      break;
    case 'database':
      await crashDatabase(context);
      break;
    default:
      await killBackend(context);
  }
}

/** Disturbs the network for the whole run. */
async function disturbNetwork(context: Context): Promise<void> {
  const { fault, disturbed, testbed, random, note, over } = context;
  const { argocd, ecr } = disturbed;
  const kind = fault;
  if (kind === 'slow') {
    argocd.set({ delayMs: [100, 2500], streamDelayMs: [0, 120] });
    ecr.set({ delayMs: [100, 2500] });
    note('slow answers');
    return;
  }
  if (kind === 'cut' || kind === 'disorder' || kind === 'drop') {
    argocd.set({ stream: kind, laggingReplay: kind === 'disorder' });
    note(`the stream: ${kind}`);
  }
  if (kind === 'disorder' || kind === 'drop') {
    testbed.events.set(disturbed.name, kind);
  }
  while (!over.aborted && kind !== 'drop') {
    if (kind === 'silence') {
      // New connections may be silent for a moment, too.
      argocd.set(random.chance(0.2) ? { stream: 'silence' } : {});
      argocd.silenceStreams();
      note('silence');
      await pause(random.between(200, 800), over);
      argocd.set({});
    } else {
      argocd.cutStreams();
      note('cut');
    }
    await pause(random.between(800, 4000), over);
  }
}

async function failAnswers({
  disturbed,
  random,
  note,
  over,
}: Context): Promise<void> {
  while (!over.aborted) {
    const faults = {
      fail: {
        share: random.between(0.5, 1),
        as: random.pick<(500 | 503 | 'reset')[]>([
          [500],
          [503],
          [500, 503, 'reset'],
        ]),
      },
    };
    disturbed.argocd.set(faults);
    disturbed.ecr.set(faults);
    if (random.chance(0.8)) {
      disturbed.argocd.cutStreams();
    }
    note(`answers fail: ${JSON.stringify(faults.fail)}`);
    await pause(random.between(500, 3000), over);
    disturbed.argocd.set({});
    disturbed.ecr.set({});
    note('answers are good again');
    await pause(random.between(500, 2000), over);
  }
}

async function refuseTokens({
  disturbed,
  random,
  note,
  over,
}: Context): Promise<void> {
  disturbed.argocd.expireTokens();
  note('tokens expired');
  if (disturbed.name === 'postgres') {
    // This portal's token is configured, so it can't get a new one.
    await pause(random.between(300, 2500), over);
    disturbed.argocd.acceptTokens();
    note('the token is good again');
  }
}

async function killOwner({
  disturbed,
  random,
  note,
  over,
}: Context): Promise<void> {
  const lease: { owner: string } | undefined = await disturbed.store
    .knex('leases')
    .where({ name: 'argocd:main' })
    .first('owner');
  const pid = Number(lease?.owner.split('/')[1]);
  const owner = disturbed.replicas.find(({ child }) => child.pid === pid);
  if (!owner) {
    throw new Error(`No replica has the process ${pid} of the lease's owner`);
  }
  await owner.kill9();
  note(`killed ${owner.name}, which watched`);
  await pause(random.between(0, 6000), over);
  await owner.start();
  note(`started ${owner.name} again`);
}

async function crashDatabase({
  testbed,
  random,
  note,
  over,
}: Context): Promise<void> {
  const times = random.integer(1, 2);
  for (let time = 0; time < times && !over.aborted; time++) {
    await testbed.postgres.crash();
    note('the database is gone');
    await pause(random.between(0, 2500), over);
    await testbed.postgres.resume();
    note('the database is back');
    await pause(random.between(500, 2500), over);
  }
}

async function killBackend({
  disturbed,
  random,
  note,
  over,
}: Context): Promise<void> {
  const times = random.integer(1, 2);
  const [portal] = disturbed.replicas;
  for (let time = 0; time < times && !over.aborted; time++) {
    await portal.kill9();
    note('killed');
    await pause(random.between(0, 1500), over);
    await portal.start();
    note('started again');
    await pause(random.between(0, 2000), over);
  }
}

async function pause(milliseconds: number, over: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal: over }).catch(() => undefined);
}

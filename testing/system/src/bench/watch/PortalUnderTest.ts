import createKnex, { type Knex } from 'knex';
import { waitUntil } from '@landfall/testing-kit';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeliveryStore,
  PortalProcess,
  type PortalDatabase,
  type SandboxProcess,
} from '../../processes';

const LOOK_EVERY_MS = 10;
/** How many times as long as a slow look to wait for the next, and at most. */
const REST = 9;
const MAX_REST_MS = 100;
const START_TIMEOUT_MS = 120_000;
const READ_TIMEOUT_MS = 300_000;
const INSTANCE = 'main';

/**
 * As in a container of 512 MiB. Without a limit, Node keeps garbage as long as
 * the machine has memory.
 */
const NODE_ARGUMENTS = ['--max-old-space-size=384'];

async function existsInPostgres({
  connectionString,
  prefix,
}: Extract<PortalDatabase, { kind: 'postgres' }>): Promise<boolean> {
  const knex = createKnex({
    client: 'pg',
    connection: `${connectionString}/postgres`,
    pool: { min: 0, max: 1 },
  });
  try {
    const row = await knex('pg_database')
      .where({ datname: `${prefix}delivery` })
      .first('datname');
    return row !== undefined;
  } finally {
    await knex.destroy();
  }
}

/** The options that differ between portals. */
export interface PortalUnderTestOptions {
  sandbox: SandboxProcess;
  folder: string;
  name: string;
  database: PortalDatabase;
  /** How many applications of the fleet are in Argo CD. */
  fleet: number;
}

/** The time from the start of the watch to the last committed row. */
export interface FirstRead {
  ms: number;
  /** The CPU time that the portal's process used meanwhile, for whatever it did. */
  cpuMs: number;
}

/**
 * A portal, and its progress as read directly from its database, bypassing the
 * portal.
 */
export class PortalUnderTest {
  /** Starts a portal with an empty database. */
  static async start(
    options: PortalUnderTestOptions,
  ): Promise<{ portal: PortalUnderTest; firstRead: FirstRead }> {
    const portal = new PortalUnderTest(
      options,
      await PortalProcess.create({
        name: options.name,
        folder: options.folder,
        database: options.database,
        nodeArgs: NODE_ARGUMENTS,
        argocd: { url: options.sandbox.urls.argocd },
        ecr: {
          host: options.sandbox.registryHost,
          apiUrl: options.sandbox.urls.ecr,
        },
      }),
    );
    const [firstRead] = await Promise.all([
      portal.firstRead(),
      portal.process.start(),
    ]);
    return { portal, firstRead };
  }

  private opened?: DeliveryStore;

  private constructor(
    private readonly options: PortalUnderTestOptions,
    private readonly process: PortalProcess,
  ) {}

  get knex(): Knex {
    return this.store.knex;
  }

  private get store(): DeliveryStore {
    if (!this.opened) {
      throw new Error('The portal has no database yet');
    }
    return this.opened;
  }

  /** The peak resident memory of the process, in bytes. */
  peakRss(): number {
    return this.process.child.peakRss();
  }

  /** How many revisions of the history were never requested. */
  async revisionsToAskFor(): Promise<number> {
    return this.store.unreadRevisions();
  }

  /**
   * Restarts the portal with its stored data. Returns the time until it has
   * read the list and has nothing left to write.
   */
  async readAgain(): Promise<number> {
    await this.process.stop();
    const before = await this.instance();
    const live = this.until(
      'the portal is live again',
      async () => {
        const now = await this.instance();
        return now?.state === 'live' && now.since !== before?.since
          ? Date.now()
          : undefined;
      },
      READ_TIMEOUT_MS,
    );
    const connecting = this.until(
      'the portal connects again',
      async () => {
        const now = await this.instance();
        // A portal that stops says that it connects again, too.
        return now?.state === 'connecting' && now.since !== before?.since
          ? Date.parse(now.since)
          : undefined;
      },
      START_TIMEOUT_MS,
    );
    await this.process.start();
    return (await live) - (await connecting);
  }

  async stop(): Promise<void> {
    await this.process.stop();
    await this.opened?.close();
  }

  private async firstRead(): Promise<FirstRead> {
    const { fleet } = this.options;
    await this.open();
    const begin = await this.until(
      'the portal has begun to watch',
      async () => {
        const row = await this.instance().catch(() => undefined);
        return row && Date.parse(row.since);
      },
      START_TIMEOUT_MS,
    );
    const cpuMs = this.process.child.cpuMs();
    let tookMs = 0;
    const end = await this.until(
      'all applications are in the database',
      async () => {
        // Counting thousands must not take processor time from what is measured.
        await sleep(Math.min(tookMs * REST, MAX_REST_MS));
        const begun = performance.now();
        const row = await this.knex('applications')
          .where('name', 'like', 'fleet-%')
          .whereNotNull('state')
          .first(this.knex.raw('count(*) as count'));
        tookMs = performance.now() - begun;
        return Number(row.count) === fleet ? Date.now() : undefined;
      },
      READ_TIMEOUT_MS,
    );
    return { ms: end - begin, cpuMs: this.process.child.cpuMs() - cpuMs };
  }

  /** Opens the database as soon as the portal has created it. */
  private async open(): Promise<void> {
    const { database } = this.options;
    await waitUntil(
      'the portal has made its database',
      () =>
        database.kind === 'sqlite'
          ? existsSync(join(database.folder, 'delivery.sqlite-wal'))
          : existsInPostgres(database),
      { intervalMs: LOOK_EVERY_MS, timeoutMs: START_TIMEOUT_MS },
    );
    this.opened = DeliveryStore.open(database);
  }

  private async instance(): Promise<
    { state: string; since: string } | undefined
  > {
    return this.knex('instances')
      .where({ name: INSTANCE })
      .first('state', 'since');
  }

  private async until<T>(
    what: string,
    look: () => Promise<T | undefined>,
    timeoutMs: number,
  ): Promise<T> {
    let found: T | undefined;
    await waitUntil(
      what,
      async () => {
        found = await look();
        return found !== undefined;
      },
      { intervalMs: LOOK_EVERY_MS, timeoutMs },
    );
    if (found === undefined) {
      throw new Error(`Nothing says whether ${what}`);
    }
    return found;
  }
}

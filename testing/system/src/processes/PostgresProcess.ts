import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './ChildProcess';

/** The result of `scripts/lib/postgres.mjs`, which `npm test` uses, too. */
interface Postgres {
  connectionString: string;
  stop(): Promise<void>;
  crash(): Promise<void>;
  resume(): Promise<void>;
}

/** A PostgreSQL in its own processes, with an empty cluster. */
export class PostgresProcess {
  static async start(): Promise<PostgresProcess> {
    // An ES module can only be imported at run time here.
    const { startPostgres }: { startPostgres(): Promise<Postgres> } =
      await import(
        pathToFileURL(resolve(ROOT, 'scripts/lib/postgres.mjs')).href
      );
    return new PostgresProcess(await startPostgres());
  }

  private constructor(private readonly postgres: Postgres) {}

  /** The connection string without a database name. */
  get connectionString(): string {
    return this.postgres.connectionString;
  }

  /**
   * Stops it immediately: connections are cut, and uncommitted data is lost.
   */
  async crash(): Promise<void> {
    await this.postgres.crash();
  }

  /** Starts it after a crash, at the same address and with its data. */
  async resume(): Promise<void> {
    await this.postgres.resume();
  }

  /** Stops it and removes its data. */
  async stop(): Promise<void> {
    await this.postgres.stop();
  }
}

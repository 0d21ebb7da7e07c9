import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './ChildProcess';

/** What `scripts/lib/postgres.mjs` gives; `npm test` runs on it, too. */
interface Postgres {
  connectionString: string;
  stop(): Promise<void>;
  crash(): Promise<void>;
  resume(): Promise<void>;
}

/** A PostgreSQL in processes of its own, with an empty cluster. */
export class PostgresProcess {
  static async start(): Promise<PostgresProcess> {
    // Modules of the other kind can only be imported at run time.
    const { startPostgres }: { startPostgres(): Promise<Postgres> } =
      await import(
        pathToFileURL(resolve(ROOT, 'scripts/lib/postgres.mjs')).href
      );
    return new PostgresProcess(await startPostgres());
  }

  private constructor(private readonly postgres: Postgres) {}

  /** Without the name of a database. */
  get connectionString(): string {
    return this.postgres.connectionString;
  }

  /** Ends it at once: connections are cut, and what wasn't committed is lost. */
  async crash(): Promise<void> {
    await this.postgres.crash();
  }

  /** Starts it again after a crash, at the same address and with its data. */
  async resume(): Promise<void> {
    await this.postgres.resume();
  }

  /** Ends it and removes its data. */
  async stop(): Promise<void> {
    await this.postgres.stop();
  }
}

import type { Postgres } from '../../../../scripts/lib/postgres.mjs';

/** A PostgreSQL in processes of its own, with an empty cluster. */
export class PostgresProcess {
  static async start(): Promise<PostgresProcess> {
    // Modules of the other kind can only be imported at run time.
    const { startPostgres } = await import(
      '../../../../scripts/lib/postgres.mjs'
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

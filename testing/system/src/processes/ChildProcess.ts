import { type ChildProcess as NodeChild, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { waitUntil } from '@landfall/testing-kit';

/** The repository's root. */
export const ROOT = resolve(
  dirname(require.resolve('../../package.json')),
  '../..',
);

/** Node arguments that run our TypeScript directly, without a build. */
const NODE_ARGUMENTS = [
  '--no-node-snapshot',
  '--enable-source-maps',
  '--require',
  resolve(ROOT, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
];

/**
 * A TypeScript program of this repository in its own process. Its output is
 * appended to a file. It has an IPC channel, which closes when the process that
 * started it ends.
 */
export class ChildProcess {
  static start(options: {
    /** For error messages. */
    name: string;
    /** The program, as a path below the repository's root. */
    script: string;
    args?: string[];
    env?: NodeJS.ProcessEnv;
    /** Arguments for Node itself. */
    nodeArgs?: string[];
    logFile: string;
  }): ChildProcess {
    mkdirSync(dirname(options.logFile), { recursive: true });
    const child = spawn(
      process.execPath,
      [
        ...(options.nodeArgs ?? []),
        ...NODE_ARGUMENTS,
        resolve(ROOT, options.script),
        ...(options.args ?? []),
      ],
      {
        cwd: ROOT,
        env: { ...process.env, ...options.env },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    const log = createWriteStream(options.logFile, { flags: 'a' });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    child.once('close', () => log.end());
    return new ChildProcess(options.name, options.logFile, child);
  }

  private constructor(
    readonly name: string,
    readonly logFile: string,
    private readonly child: NodeChild,
  ) {}

  get pid(): number {
    const { pid } = this.child;
    if (pid === undefined) {
      throw new Error(`${this.name} could not be started`);
    }
    return pid;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /**
   * Resolves with the first message that `accept` returns a value for.
   *
   * @throws Error with the last printed lines, if the process ends first
   */
  async message<T>(accept: (message: unknown) => T | undefined): Promise<T> {
    return new Promise((resolveMessage, reject) => {
      const onExit = () => reject(this.ended());
      const onMessage = (message: unknown) => {
        const accepted = accept(message);
        if (accepted !== undefined) {
          this.child.off('message', onMessage);
          this.child.off('exit', onExit);
          resolveMessage(accepted);
        }
      };
      this.child.on('message', onMessage);
      this.child.once('exit', onExit);
    });
  }

  /**
   * Resolves once the URL responds with success.
   *
   * @throws Error with the last printed lines, if the process ends first or
   * after the timeout
   */
  async answers(url: string, timeoutMs = 120_000): Promise<void> {
    await waitUntil(
      `${this.name} answers at ${url}`,
      async () => {
        if (!this.running) {
          throw this.ended();
        }
        return fetch(url, { signal: AbortSignal.timeout(5000) }).then(
          async response => {
            await response.body?.cancel();
            return response.ok;
          },
          () => false,
        );
      },
      { timeoutMs, intervalMs: 50 },
    );
  }

  /**
   * Sends SIGTERM and resolves when the process has ended; kills it after the
   * timeout.
   */
  async stop(timeoutMs = 15_000): Promise<void> {
    const timer = setTimeout(() => this.child.kill('SIGKILL'), timeoutMs);
    await this.signal('SIGTERM');
    clearTimeout(timer);
  }

  /**
   * Kills it with SIGKILL, as when its machine fails; resolves when it has
   * ended.
   */
  async kill9(): Promise<void> {
    await this.signal('SIGKILL');
  }

  /** Resident memory, in bytes. */
  rss(): number {
    return statusOf(this.pid, 'VmRSS');
  }

  /** The peak resident memory, in bytes. */
  peakRss(): number {
    return statusOf(this.pid, 'VmHWM');
  }

  /** The CPU time used, in milliseconds. */
  cpuMs(): number {
    const stat = readFileSync(`/proc/${this.pid}/stat`, 'utf8');
    // User and system time in hundredths of a second, after the name in
    // brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  private async signal(signal: NodeJS.Signals): Promise<void> {
    if (this.running) {
      const ended = new Promise(done => this.child.once('exit', done));
      this.child.kill(signal);
      await ended;
    }
  }

  private ended(): Error {
    const lines = readFileSync(this.logFile, 'utf8').trimEnd().split('\n');
    return new Error(
      `${this.name} ended (${
        this.child.exitCode ?? this.child.signalCode
      }). Its last lines:\n${lines.slice(-15).join('\n')}`,
    );
  }
}

/** Reads a field of Linux's `/proc/<pid>/status`, where "kB" means KiB. */
function statusOf(pid: number, field: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const match = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status);
  if (!match) {
    throw new Error(`/proc/${pid}/status has no ${field}`);
  }
  return Number(match[1]) * 1024;
}

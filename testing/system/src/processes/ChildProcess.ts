import { type ChildProcess as NodeChild, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { waitUntil } from '@landfall/testing-kit';

/** The repository's root. */
export const ROOT = resolve(
  dirname(require.resolve('../../package.json')),
  '../..',
);

/** Runs our TypeScript as it stands, without a build. */
const NODE_ARGUMENTS = [
  '--no-node-snapshot',
  '--enable-source-maps',
  '--require',
  resolve(ROOT, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
];

/**
 * A TypeScript program of this repository in a process of its own. What it
 * prints is appended to a file. It is given a channel, whose end tells it that
 * whoever started it is gone.
 */
export class ChildProcess {
  static start(options: {
    /** For messages. */
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
   * Resolves with the first message that `accept` makes something of.
   *
   * @throws Error with the last lines it printed, if it ends before
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
   * Resolves once the URL answers with a success.
   *
   * @throws Error with the last lines it printed, if it ends before or the time is over
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

  /** Asks it to end and resolves when it has; one that doesn't is killed. */
  async stop(timeoutMs = 15_000): Promise<void> {
    const timer = setTimeout(() => this.child.kill('SIGKILL'), timeoutMs);
    await this.signal('SIGTERM');
    clearTimeout(timer);
  }

  /** Ends it at once, as when its machine fails; resolves when it is gone. */
  async kill9(): Promise<void> {
    await this.signal('SIGKILL');
  }

  /** Resident memory, in bytes. */
  rss(): number {
    return statusOf(this.pid, 'VmRSS');
  }

  /** The most resident memory that it ever had, in bytes. */
  peakRss(): number {
    return statusOf(this.pid, 'VmHWM');
  }

  /** Time of the processors that it has used, in milliseconds. */
  cpuMs(): number {
    const stat = readFileSync(`/proc/${this.pid}/stat`, 'utf8');
    // Behind the name, which is in brackets: user and system time, in hundredths.
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

/** A field of Linux's `/proc/<pid>/status`, which says kB and means KiB. */
function statusOf(pid: number, field: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const match = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status);
  if (!match) {
    throw new Error(`/proc/${pid}/status has no ${field}`);
  }
  return Number(match[1]) * 1024;
}

import {
  type ChildProcess,
  spawn,
  type SpawnOptions,
} from 'node:child_process';
import { once } from 'node:events';
import { waitUntil } from '@landfall/testing-kit';

/** How much of a process's output an error has. */
const LINES = 30;

/** One of the repository's scripts in its own process. */
export class ScriptProcess {
  static start(
    name: string,
    args: string[],
    options: Pick<SpawnOptions, 'cwd' | 'env'>,
  ): ScriptProcess {
    return new ScriptProcess(
      name,
      spawn(process.execPath, args, {
        ...options,
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  }

  #output = '';

  private constructor(
    private readonly name: string,
    private readonly child: ChildProcess,
  ) {
    const keep = (chunk: Buffer) => {
      this.#output = `${this.#output}${chunk}`
        .split('\n')
        .slice(-LINES)
        .join('\n');
      if (process.env.LANDFALL_E2E_LOGS) {
        process.stderr.write(`[${name}] ${chunk}`);
      }
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
  }

  /**
   * Resolves once the URL responds with success.
   *
   * @throws Error with the last printed lines, if the process ends first or after the
   * timeout
   */
  async answers(url: string, timeoutMs: number): Promise<void> {
    await waitUntil(
      `the ${this.name} answers at ${url}`,
      () => {
        if (!this.#isRunning) {
          throw new Error(`The ${this.name} ended:\n${this.#output}`);
        }
        return fetch(url).then(
          async response => {
            await response.body?.cancel();
            return response.ok;
          },
          () => false,
        );
      },
      {
        timeoutMs,
        intervalMs: 100,
        detail: () => `\n${this.#output}`,
      },
    );
  }

  /** Asks it to end, and waits until it has. */
  async stop(): Promise<void> {
    if (this.#isRunning) {
      this.child.kill('SIGTERM');
    }
    await this.ended();
  }

  async ended(): Promise<void> {
    if (this.#isRunning) {
      await once(this.child, 'exit');
    }
  }

  get #isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EcrConfig } from '../../config';
import type { RunningPart } from '../../part';
import { EcrJsonClient } from '../client/EcrJsonClient';
import { startRegistry } from '../startRegistry';

export const ACCESS_KEY_ID = 'AKIASANDBOXEXAMPLE01';
export const CREDENTIALS = {
  accessKeyId: ACCESS_KEY_ID,
  region: 'eu-west-1',
};

/** A registry on a separate port, and what a test needs to use it. */
export interface TestRegistry {
  part: RunningPart;
  url: string;
  client: EcrJsonClient;
  /** Lines that the registry logged. */
  log: string[];
}

/**
 * Starts registries with temporary folders, and cleans up after a test file.
 */
export class TestRegistries {
  readonly #parts: RunningPart[] = [];
  readonly #folders: string[] = [];

  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-ecr-'));
    this.#folders.push(folder);
    return folder;
  }

  async start(
    options: { stateDir?: string; config?: Partial<EcrConfig> } = {},
  ): Promise<TestRegistry> {
    const log: string[] = [];
    const write = (message: string) => log.push(message);
    const part = await startRegistry({
      config: {
        port: 0,
        accountId: '123456789012',
        region: 'eu-west-1',
        accessKeyIds: [ACCESS_KEY_ID],
        ...options.config,
      },
      host: '127.0.0.1',
      stateDir: options.stateDir ?? this.folder(),
      logger: { info: write, warn: write, error: write },
    });
    this.#parts.push(part);
    const { url } = part;
    const client = new EcrJsonClient({ url, credentials: CREDENTIALS });
    return { part, url, client, log };
  }

  async cleanUp(): Promise<void> {
    // A test may have stopped its own part.
    await Promise.allSettled(this.#parts.map(part => part.stop()));
    this.#folders.forEach(folder =>
      rmSync(folder, { recursive: true, force: true }),
    );
  }
}

/**
 * Waits until a condition holds. If it never does, the test's own timeout ends
 * the wait.
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  while (!(await condition())) {
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PART_NAMES } from '../../part';
import type { CommandContext } from '../context';
import { loadConfig } from '../loadConfig';
import { StateLock } from '../StateLock';

/** Removes the state of all parts. Refuses while a sandbox uses it. */
export async function reset(
  options: { stateDir?: string; config?: string },
  { out, env }: CommandContext,
): Promise<void> {
  const { stateDir } = await loadConfig({
    env,
    file: options.config,
    stateDir: options.stateDir,
  });
  const lock = StateLock.acquire(stateDir);
  try {
    // Only what the parts created, since the folder may contain other files.
    const folders = PART_NAMES.map(part => join(stateDir, part)).filter(
      folder => existsSync(folder),
    );
    for (const folder of folders) {
      rmSync(folder, { recursive: true, force: true });
    }
    out(
      folders.length > 0
        ? `Removed the state in ${stateDir}; the next start begins afresh.`
        : `There is no state in ${stateDir}.`,
    );
  } finally {
    lock.release();
  }
}

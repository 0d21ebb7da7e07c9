import type { Environment } from './loadConfig';

/** Where a command writes, and what it reads its surroundings of. */
export interface CommandContext {
  out(line: string): void;
  err(line: string): void;
  env: Environment;
  /** Tells whoever started this process that the sandbox answers; absent when nobody waits. */
  ready?(message: { type: 'ready'; urls: object }): void;
}

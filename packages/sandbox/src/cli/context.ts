import type { ArgoCdExtension } from '../argocd/extension';
import type { Environment } from './loadConfig';

/** Where a command writes its output, and the environment it reads. */
export interface CommandContext {
  out(line: string): void;
  err(line: string): void;
  env: Environment;
  /**
   * Notifies the parent process that the sandbox answers. Absent if no parent
   * waits for it.
   */
  ready?(message: { type: 'ready'; urls: object }): void;
  /** Adds applications of another origin to Argo CD. */
  extendArgoCd?: ArgoCdExtension;
}

import type { ArgoCdExtension } from '../argocd/extension';
import { run } from './run';

/** Runs the command line of this process, and sets its exit code. */
export async function runSandbox(
  extendArgoCd?: ArgoCdExtension,
): Promise<void> {
  const send: ((message: object) => boolean) | undefined = process.send;
  process.exitCode = await run(process.argv.slice(2), {
    out: line => process.stdout.write(`${line}\n`),
    err: line => process.stderr.write(`${line}\n`),
    env: process.env,
    ready: send && (message => send.call(process, message)),
    extendArgoCd,
  });
  if (process.connected) {
    // An open channel would keep the process alive.
    process.disconnect?.();
  }
}

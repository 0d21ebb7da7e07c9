import { CommanderError } from 'commander';
import type { CommandContext } from './context';
import { Failure } from './Failure';
import { createProgram } from './program';

/**
 * Runs a command line and resolves to its exit code. A `Failure` is reported in
 * one sentence, any other error with its stack.
 *
 * @param args - without node and the script
 */
export async function run(
  args: readonly string[],
  context: CommandContext,
): Promise<number> {
  try {
    await createProgram(context).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has already reported it.
      return error.exitCode;
    }
    context.err(
      error instanceof Failure
        ? error.message
        : (error instanceof Error && error.stack) || String(error),
    );
    return 1;
  }
}

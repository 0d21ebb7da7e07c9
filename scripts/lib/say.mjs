/** A failure that is reported in one sentence, without a stack trace. */
export class Failure extends Error {}

const startedAt = Date.now();

/** Prints one line of progress, with the seconds since the start. */
export function say(message) {
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  console.log(`[${String(seconds).padStart(3)} s] ${message}`);
}

/** Runs a script's main function. Prints failures and sets the exit code. */
export async function main(run) {
  try {
    await run();
  } catch (error) {
    console.error(
      error instanceof Failure ? `\n${error.message}` : error?.stack ?? error,
    );
    process.exitCode = 1;
  }
}

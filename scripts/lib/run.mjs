import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { Failure } from './say.mjs';
import { root } from './paths.mjs';

/**
 * Runs a command and waits for its end.
 *
 * With `log`, its output goes to that file, and only the last lines are printed
 * if it fails. Otherwise its output is passed through: with `label`, each line
 * after it, so that commands that run beside each other can be told apart.
 *
 * @returns the exit code if `check` is false; otherwise a failure throws
 */
export async function run(command, args, options = {}) {
  const { log, label, check = true, what = command, ...spawnOptions } = options;
  const output = log || label ? 'pipe' : 'inherit';
  const child = spawn(command, args, {
    cwd: root,
    ...spawnOptions,
    stdio: ['ignore', output, output],
  });
  let file;
  if (log) {
    mkdirSync(dirname(log), { recursive: true });
    file = createWriteStream(log);
    child.stdout.pipe(file, { end: false });
    child.stderr.pipe(file, { end: false });
  } else if (label) {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', line =>
        console.log(`${label} | ${line}`),
      );
    }
  }
  const code = await new Promise((resolve, reject) => {
    child.once('error', error =>
      reject(new Failure(`${what} could not be started: ${error.message}`)),
    );
    child.once('close', (status, signal) => resolve(status ?? signal));
  });
  if (file) {
    await new Promise(resolve => file.end(resolve));
  }
  if (check && code !== 0) {
    const tail = log
      ? `\n${readFileSync(log, 'utf8')
          .trimEnd()
          .split('\n')
          .slice(-15)
          .join('\n')}\n(The whole output is in ${log}.)`
      : '';
    throw new Failure(`${what} failed (${code}).${tail}`);
  }
  return code;
}

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from './say.mjs';

/** A call that AWS refused, with the code of the error. */
export class AwsError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/**
 * Calls AWS by its own command line, which knows every way to sign in. Nothing has
 * to be installed for it in this repository.
 */
export class Aws {
  constructor({ region, profile, env = process.env }) {
    this.options = [
      '--region',
      region,
      ...(profile ? ['--profile', profile] : []),
      '--output',
      'json',
    ];
    // A pager would wait for a key.
    this.env = { ...env, AWS_PAGER: '' };
  }

  /**
   * Calls an operation, such as `secretsmanager get-secret-value`, with input as
   * the API takes it. The input may be secret, so it stands in a file that nobody
   * else can read, and not in the list of processes.
   *
   * @returns the answer; undefined if it is empty
   * @throws AwsError if AWS refuses the call
   */
  async call(service, operation, input = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'landfall-aws-'));
    try {
      const file = join(folder, 'input.json');
      writeFileSync(file, JSON.stringify(input), { mode: 0o600 });
      return await this.run(service, operation, file);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  async run(service, operation, file) {
    const { code, stdout, stderr } = await execute(
      'aws',
      [
        service,
        operation,
        '--cli-input-json',
        `file://${file}`,
        ...this.options,
      ],
      { env: this.env },
    );
    if (code !== 0) {
      // The form in which every version of the command line reports an error.
      const found = /An error occurred \((\w+)\)/.exec(stderr);
      throw new AwsError(
        found?.[1] ?? 'Unknown',
        stderr.trim() || `aws ${service} ${operation} ended with ${code}`,
      );
    }
    return stdout.trim() ? JSON.parse(stdout) : undefined;
  }
}

/** Runs a program to its end. Its output is returned, whatever its exit code. */
export async function execute(command, args, { env = process.env, cwd } = {}) {
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', text => {
      output[name] += text;
    });
  }
  const code = await new Promise((resolve, reject) => {
    child.once('error', error =>
      reject(new Failure(`${command} can't be started: ${error.message}`)),
    );
    child.once('close', (status, signal) => resolve(status ?? signal));
  });
  return { code, ...output };
}

import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FAKE = fileURLToPath(new URL('fakeAws.mjs', import.meta.url));

/** A call of the AWS command line. */
export interface AwsCall {
  call: string;
  input: Record<string, unknown>;
  options: string[];
}

/** Runs a script of this repository, with a folder of its own. */
export class ScriptRun {
  readonly folder = mkdtempSync(join(tmpdir(), 'deploy-script-'));
  /** Answers of the AWS command line, by `service operation`. */
  answers: Record<string, object> = {};

  /** Writes a profile's configuration, with other values at some paths. */
  config(profile: string, changes: Record<string, unknown> = {}): string {
    const config = parse(
      readFileSync(join(ROOT, `deploy/aws/config/${profile}.yaml`), 'utf8'),
    );
    for (const [path, value] of Object.entries(changes)) {
      const keys = path.split('.');
      const last = keys.pop() ?? '';
      let target = config;
      for (const key of keys) {
        target = target[key];
      }
      target[last] = value;
    }
    const file = join(this.folder, 'config.yaml');
    writeFileSync(file, stringify(config));
    return file;
  }

  /** A folder with an `aws` in it: a stand-in, or the given program. */
  withAws(aws?: string): string {
    const program = join(this.folder, 'aws');
    const command = aws ? `"${aws}"` : `"${process.execPath}" "${FAKE}"`;
    writeFileSync(program, `#!/bin/sh\nexec ${command} "$@"\n`);
    chmodSync(program, 0o755);
    return this.folder;
  }

  /** Runs it with a stand-in for `aws` on the PATH, or with the real one. */
  async run(
    script: string,
    args: string[],
    { env = {}, aws }: { env?: NodeJS.ProcessEnv; aws?: string } = {},
  ): Promise<{ code: number | null; output: string }> {
    const answers = join(this.folder, 'answers.json');
    if (Object.keys(this.answers).length > 0) {
      writeFileSync(answers, JSON.stringify(this.answers));
      this.answers = {};
    }
    const child = spawn(
      process.execPath,
      [join(ROOT, 'scripts', script), ...args],
      {
        env: {
          ...process.env,
          NODE_OPTIONS: '',
          FAKE_AWS_ANSWERS: answers,
          FAKE_AWS_CALLS: join(this.folder, 'calls.jsonl'),
          ...env,
          PATH: `${this.withAws(aws)}${delimiter}${process.env.PATH}`,
        },
      },
    );
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', text => {
        output += text;
      });
    }
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    return { code, output };
  }

  /** The calls of the stand-in so far. */
  get calls(): AwsCall[] {
    const file = join(this.folder, 'calls.jsonl');
    return existsSync(file)
      ? readFileSync(file, 'utf8')
          .trim()
          .split('\n')
          .map(line => JSON.parse(line))
      : [];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

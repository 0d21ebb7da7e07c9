import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const TOOLS = fileURLToPath(new URL('../../../.tools/', import.meta.url));

/** A program among the tools that `yarn deploy:check` installs. */
export function toolPath(name: string): string {
  return `${TOOLS}deploy/bin/${name}`;
}

/** The server of moto, which simulates AWS. */
export const MOTO = `${TOOLS}moto/bin/moto_server`;

/**
 * Why tests that need a program are skipped; false if it is there. With
 * `LANDFALL_REQUIRE_TOOLS`, as in CI, they fail instead.
 */
export function without(program: string): string | false {
  return process.env.LANDFALL_REQUIRE_TOOLS || existsSync(program)
    ? false
    : `needs ${program.split('/').pop()}: yarn deploy:check installs it`;
}

/** The JSON that a Python program prints for a JSON that it reads. */
export function python(script: string, input: unknown): unknown {
  const { status, stdout, stderr, error } = spawnSync(
    toolPath('python'),
    [fileURLToPath(new URL(script, import.meta.url))],
    { input: JSON.stringify(input), encoding: 'utf8', maxBuffer: 1e8 },
  );
  if (error || status !== 0) {
    throw error ?? new Error(stderr);
  }
  return JSON.parse(stdout);
}

import { describeWith } from '@landfall/testing-kit';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The `describe` for tests that run the real Helm, which Argo CD renders charts with. */
export const describeWithHelm = describeWith({
  name: 'Helm 4',
  isInstalled: spawnSync('helm', ['version', '--short']).status === 0,
  install: 'https://helm.sh/docs/intro/install',
});

/** What a program printed. */
export interface Printed {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs Helm with values in a file, as Argo CD passes them. */
export function helm(args: string[], values: object): Printed {
  const folder = mkdtempSync(join(tmpdir(), 'chart-'));
  try {
    const file = join(folder, 'values.json');
    writeFileSync(file, JSON.stringify(values));
    const { status, stdout, stderr, error } = spawnSync(
      'helm',
      [...args, '--values', file],
      { encoding: 'utf8' },
    );
    if (error) {
      throw error;
    }
    return { status, stdout, stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

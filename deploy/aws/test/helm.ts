import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

export const GITOPS = fileURLToPath(new URL('../../gitops/', import.meta.url));

/** The fields of a Kubernetes manifest that tests read. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
  [key: string]: unknown;
}

/**
 * Why the tests that need Helm are skipped; false if it is there. With
 * `LANDFALL_REQUIRE_TOOLS`, as in CI, they fail instead.
 */
export const withoutHelm =
  !process.env.LANDFALL_REQUIRE_TOOLS &&
  spawnSync('helm', ['version']).status !== 0
    ? 'needs helm: https://helm.sh/docs/intro/install/'
    : false;

/** Renders a chart. Throws what Helm says of values that it refuses. */
export function render(chart: string, values: unknown): Manifest[] {
  return renderChart(join(GITOPS, chart), [], values);
}

/**
 * Renders a chart anywhere, with values over those of some of its files. Throws what
 * Helm says of values that it refuses.
 */
export function renderChart(
  chart: string,
  valueFiles: readonly string[],
  values: unknown,
): Manifest[] {
  const { status, stdout, stderr } = helm(
    [
      'template',
      'release',
      chart,
      ...valueFiles.flatMap(file => ['--values', join(chart, file)]),
    ],
    values,
  );
  if (status !== 0) {
    throw new Error(stderr);
  }
  return parseAllDocuments(stdout)
    .map((document): Manifest | null => document.toJS())
    .filter(manifest => manifest !== null);
}

/** What the linter of Helm finds in a chart; empty if it is content. */
export function lint(chart: string, values: unknown): string {
  const { status, stdout, stderr } = helm(
    ['lint', '--strict', '--quiet', join(GITOPS, chart)],
    values,
  );
  return status === 0 ? '' : `${stdout}${stderr}`;
}

function helm(args: string[], values: unknown) {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-'));
  try {
    const file = join(folder, 'values.json');
    writeFileSync(file, JSON.stringify(values));
    const result = spawnSync('helm', [...args, '--values', file], {
      encoding: 'utf8',
    });
    if (result.error) {
      throw result.error;
    }
    return result;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

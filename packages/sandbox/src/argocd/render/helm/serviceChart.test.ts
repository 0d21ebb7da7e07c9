import { describeWith, serviceChartCases } from '@landfall/testing-kit';
import { spawnSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { asObject } from '../../json';
import { parseYamlDocuments } from '../../yaml';
import { renderChart } from './chart';

const chart = resolve(
  __dirname,
  '../../../../../../templates/create-service/skeleton/chart',
);

const files = new Map(
  readdirSync(chart, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .map(file => [relative(chart, file), readFileSync(file, 'utf8')]),
);

const describeWithHelm = describeWith({
  name: 'Helm 4',
  isInstalled: spawnSync('helm', ['version', '--short']).status === 0,
  install: 'https://helm.sh/docs/intro/install',
});

/** Resources in an order that doesn't depend on the renderer. */
function sorted(texts: string[]): string[] {
  return texts
    .flatMap(parseYamlDocuments)
    .map(resource => JSON.stringify(resource))
    .sort();
}

describe('the chart of created services', () => {
  const cases = serviceChartCases();

  it('is rendered with all options', () => {
    for (const { release, values } of cases) {
      const texts = renderChart(files, asObject(values), {
        name: release,
        namespace: 'shop-dev',
      });
      expect(sorted(texts).length).toBeGreaterThan(0);
    }
  });

  describeWithHelm('compared with Helm', () => {
    it('is rendered as Helm renders it', () => {
      const folder = mkdtempSync(join(tmpdir(), 'chart-'));
      try {
        for (const { name, release, values } of cases) {
          const file = join(folder, 'values.json');
          writeFileSync(file, JSON.stringify(values));
          const { stdout, stderr } = spawnSync(
            'helm',
            ['template', release, chart, '--values', file],
            { encoding: 'utf8' },
          );
          expect(stderr).toBe('');
          const texts = renderChart(files, asObject(values), {
            name: release,
            namespace: 'shop-dev',
          });
          expect([name, ...sorted(texts)]).toEqual([name, ...sorted([stdout])]);
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });
});

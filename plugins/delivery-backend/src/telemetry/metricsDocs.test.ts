import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { parse } from 'yaml';
import { z } from 'zod';
import { DeliveryMetrics } from './DeliveryMetrics';
import { METRICS } from './metrics';

const FOLDER = resolve(__dirname, '../../../../docs/operations/metrics');
const read = (file: string) => readFileSync(resolve(FOLDER, file), 'utf8');

const NAMES: string[] = METRICS.map(({ name }) => name).sort();

/** The names that OpenTelemetry's exporter for Prometheus makes of a metric. */
function exported(metric: (typeof METRICS)[number]): string[] {
  const unit = metric.unit === undefined ? '' : '_seconds';
  const name = `${metric.name.replaceAll('.', '_')}${unit}`;
  switch (metric.type) {
    case 'counter':
      return [`${name}_total`];
    case 'histogram':
      return [`${name}_bucket`, `${name}_sum`, `${name}_count`];
    default:
      return [name];
  }
}

/** The metrics that some queries use, with the labels that they are grouped by. */
function usedIn(queries: string[]): string[] {
  const names = new Map(
    METRICS.flatMap(metric =>
      exported(metric).map((name): [string, string] => [name, metric.name]),
    ),
  );
  const used = queries.flatMap(query => query.match(/\bdelivery_\w+/g) ?? []);
  return [...new Set(used.map(name => names.get(name) ?? name))].sort();
}

const dashboardSchema = z.object({
  panels: z.array(
    z.object({
      type: z.string(),
      title: z.string().min(1),
      description: z.string().min(1).optional(),
      targets: z.array(z.object({ expr: z.string() })).default([]),
    }),
  ),
});

const alertsSchema = z.object({
  groups: z.tuple([
    z.object({
      rules: z.array(
        z.strictObject({
          alert: z.string().startsWith('Landfall'),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.object({ severity: z.enum(['info', 'warning']) }),
          annotations: z.object({
            summary: z.string().min(1),
            description: z.string().min(1),
          }),
        }),
      ),
    }),
  ]),
});

it('registers each metric that is described, and no other', () => {
  const created: string[] = [];
  const create = (name: string) => {
    created.push(name);
    return { add() {}, record() {}, addCallback() {}, removeCallback() {} };
  };
  const metrics = DeliveryMetrics.create(
    metricsServiceMock.mock({
      createCounter: create,
      createHistogram: create,
      createGauge: create,
      createObservableGauge: create,
    }),
  );
  metrics.observeQueues(async () => {
    throw new Error('No metrics are collected');
  });

  expect(created.sort()).toEqual(NAMES);
});

it('explains each metric, with its type, unit and what to do', () => {
  const rows = read('index.md')
    .split('\n')
    .filter(line => line.startsWith('| `delivery.'))
    .map(line => line.split('|').map(cell => cell.trim()));

  expect(rows.map(([, name, type, unit]) => ({ name, type, unit }))).toEqual(
    expect.arrayContaining(
      METRICS.map(metric => ({
        name: `\`${metric.name}\``,
        type: metric.type.replace('observable-', ''),
        unit: metric.unit ?? '',
      })),
    ),
  );
  expect(rows).toHaveLength(METRICS.length);
  for (const [, , , , , measures, action] of rows) {
    expect(measures).not.toBe('');
    expect(action).not.toBe('');
  }
});

it('shows each metric on the dashboard', () => {
  const { panels } = dashboardSchema.parse(JSON.parse(read('dashboard.json')));
  const charts = panels.filter(({ type }) => type !== 'row');
  expect(charts.filter(({ description }) => !description)).toEqual([]);
  expect(
    usedIn(charts.flatMap(({ targets }) => targets.map(({ expr }) => expr))),
  ).toEqual(NAMES);
});

it('alerts only by metrics that exist', () => {
  const { groups } = alertsSchema.parse(parse(read('alerts.yaml')));
  const used = usedIn(groups[0].rules.map(({ expr }) => expr));
  expect(used.length).toBeGreaterThan(5);
  expect(NAMES).toEqual(expect.arrayContaining(used));
});

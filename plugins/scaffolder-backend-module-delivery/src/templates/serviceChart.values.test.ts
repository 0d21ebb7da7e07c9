import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import yaml from 'yaml';
import { template } from '../__testUtils__/createService';
import { describeWithHelm, helm } from '../__testUtils__/helm';

const root = resolve(__dirname, '../../../..');
const chart = join(template, 'skeleton/chart');

function propertiesOf(schema: unknown): [string, unknown][] {
  return typeof schema === 'object' && schema !== null && 'properties' in schema
    ? Object.entries(schema.properties ?? {})
    : [];
}

describeWithHelm('what the chart of services refuses in Helm', () => {
  it.each<[string, object, string]>([
    ['a misspelt key', { replica: 2 }, "additional properties 'replica'"],
    [
      'a misspelt key within another',
      { image: { tags: 'x' } },
      "at '/image': additional properties 'tags'",
    ],
    [
      'a tag that is a number',
      { image: { tag: 1.1 } },
      "at '/image/tag': got number, want string",
    ],
    [
      'a tag that is a switch, as the updater writes "on"',
      { image: { tag: true } },
      "at '/image/tag': got boolean, want string",
    ],
    [
      'a tag with a space',
      { image: { tag: 'a b' } },
      "at '/image/tag': 'a b' does not match pattern",
    ],
    [
      'a variable that is a number, which Helm would write as 1e+06',
      { env: { COUNT: 1000000 } },
      "at '/env/COUNT': got number, want string",
    ],
    [
      'a variable with an impossible name',
      { config: { 'a-b': 'x' } },
      "'a-b' does not match pattern",
    ],
    [
      'a secret without its name',
      { secrets: { env: { A: { property: 'x' } } } },
      "at '/secrets/env/A': missing property 'secret'",
    ],
    [
      'another workload',
      { workload: 'StatefulSet' },
      "at '/workload': value must be one of 'Deployment', 'Rollout'",
    ],
    [
      'too high a port',
      { port: 70000 },
      "at '/port': maximum: got 70,000, want 65,535",
    ],
    [
      'a quantity that is none',
      { resources: { requests: { cpu: 'much' } } },
      "at '/resources/requests/cpu': 'much' does not match pattern",
    ],
    [
      'an exposed service without a host',
      { exposure: { type: 'public' } },
      'exposure.host is empty: write the host name',
    ],
    [
      'a route without a gateway',
      { exposure: { type: 'gateway', host: 'a.example.com' } },
      'exposure.gateway.name is empty: write the name of the Gateway',
    ],
    [
      'KEDA without a trigger',
      { image: { tag: '1' }, autoscaling: { type: 'keda' } },
      'autoscaling.triggers is empty: keda needs at least one',
    ],
    [
      'an HPA that may end all pods',
      { image: { tag: '1' }, autoscaling: { type: 'hpa', minReplicas: 0 } },
      'autoscaling.minReplicas is 0: hpa needs at least 1',
    ],
  ])('refuses %s', (_, values, message) => {
    const { status, stderr } = helm(['template', 'api', chart], values);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringContaining(message),
    });
  });
});

describe('the values of the chart of services', () => {
  it('are all described', () => {
    const undescribed = (schema: unknown, path: string): string[] =>
      propertiesOf(schema).flatMap(([name, property]) => [
        ...(JSON.stringify(property).startsWith('{"description":"')
          ? []
          : [`${path}${name}`]),
        ...undescribed(property, `${path}${name}.`),
      ]);
    const read = (file: string) => readFileSync(join(chart, file), 'utf8');
    const schema: unknown = JSON.parse(read('values.schema.json'));
    expect(undescribed(schema, '')).toEqual([]);
    expect(Object.keys(yaml.parse(read('values.yaml'))).sort()).toEqual(
      propertiesOf(schema)
        .map(([name]) => name)
        .filter(name => name !== 'global')
        .sort(),
    );
  });

  it('has a README of its present values', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(root, 'scripts/chart-readme.mjs'), '--check'],
      { encoding: 'utf8', env: { PATH: process.env.PATH } },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

import {
  CHART_DIGEST,
  CHART_IMAGE,
  type ChartCase,
  describeWith,
  serviceChartCases,
} from '@landfall/testing-kit';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import yaml from 'yaml';
import { template } from '../__testUtils__/createService';
import { describeWithHelm, helm } from '../__testUtils__/helm';

const root = resolve(__dirname, '../../../..');
const chart = join(template, 'skeleton/chart');
const python = join(root, '.tools/deploy/bin/python');

interface Resource {
  apiVersion: string;
  kind: string;
  metadata: { name: string; labels: Record<string, string> };
}

function parse(text: string, version: '1.1' | '1.2'): Resource[] {
  return yaml
    .parseAllDocuments(text, { version })
    .map((document): Resource | null => document.toJS())
    .filter(resource => resource !== null);
}

function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (part, key) =>
      typeof part === 'object' && part !== null
        ? Reflect.get(part, key)
        : undefined,
    value,
  );
}

/** The kinds that the options of a case ask for. */
function expectedKinds({ options }: ChartCase): string[] {
  const hasImage = options.version !== 'none';
  const { autoscaling, exposure, settings } = options;
  return [
    'Service',
    ...(hasImage
      ? [options.workload === 'Deployment' ? 'Deployment' : 'Rollout']
      : []),
    ...(options.identity === 'existing' ? [] : ['ServiceAccount']),
    ...(/^(config|all)$/.test(settings) ? ['ConfigMap'] : []),
    ...(/^(secrets|all)$/.test(settings) ? ['ExternalSecret'] : []),
    ...(hasImage && /^(hpa|memory)$/.test(autoscaling)
      ? ['HorizontalPodAutoscaler']
      : []),
    ...(hasImage && autoscaling === 'keda'
      ? ['ScaledObject', 'TriggerAuthentication']
      : []),
    ...(hasImage && options.scheduling !== 'none'
      ? ['PodDisruptionBudget']
      : []),
    ...(/^(internal|public|plain)$/.test(exposure) ? ['Ingress'] : []),
    ...(exposure === 'gateway' ? ['HTTPRoute'] : []),
    ...(options.network === 'open' ? [] : ['NetworkPolicy']),
    ...(options.metrics === 'none' ? [] : ['ServiceMonitor']),
  ].sort();
}

const IMAGES: Record<string, string> = {
  tag: `${CHART_IMAGE}:1.0.0`,
  number: `${CHART_IMAGE}:1.10`,
  switch: `${CHART_IMAGE}:on`,
  long: `${CHART_IMAGE}:${'v'.repeat(62)}._-${'x'.repeat(60)}`,
  digest: `${CHART_IMAGE}@${CHART_DIGEST}`,
  both: `${CHART_IMAGE}:1.0.0@${CHART_DIGEST}`,
};

describeWithHelm('the chart of services in Helm', () => {
  const cases = serviceChartCases();
  const rendered = new Map<ChartCase, string>();

  beforeAll(() => {
    for (const one of cases) {
      const { status, stdout, stderr } = helm(
        ['template', one.release, chart],
        one.values,
      );
      // Helm 4 warns on stderr about what will be an error later.
      if (status !== 0 || stderr) {
        throw new Error(`${one.name}: ${stderr}`);
      }
      rendered.set(one, stdout);
    }
  });

  const resources = () =>
    [...rendered].flatMap(([one, text]) =>
      parse(text, '1.2').map(manifest => ({
        name: `${manifest.kind} of ${one.name}`,
        manifest,
      })),
    );

  it('creates what the options ask for, and nothing else', () => {
    expect(cases.length).toBeGreaterThanOrEqual(35);
    for (const [one, text] of rendered) {
      const kinds = parse(text, '1.2').map(({ kind }) => kind);
      expect([one.name, ...kinds.sort()]).toEqual([
        one.name,
        ...expectedKinds(one),
      ]);
    }
  });

  it('means the same in YAML 1.1 and 1.2', () => {
    for (const [one, text] of rendered) {
      expect([one.name, parse(text, '1.1')]).toEqual([
        one.name,
        parse(text, '1.2'),
      ]);
    }
  });

  it('connects its resources to each other', () => {
    for (const [one, text] of rendered) {
      const all = parse(text, '1.2');
      const find = (kind: string) => all.find(other => other.kind === kind);
      const workload = find('Deployment') ?? find('Rollout');
      const pods = at(workload, 'spec', 'template');
      const app = at(pods, 'spec', 'containers', 0);
      expect([one.name, at(app, 'image')]).toEqual([
        one.name,
        IMAGES[one.options.version],
      ]);
      if (!workload) {
        continue;
      }
      const labels = at(pods, 'metadata', 'labels');
      for (const selector of [
        at(workload, 'spec', 'selector', 'matchLabels'),
        at(find('Service'), 'spec', 'selector'),
        at(find('PodDisruptionBudget'), 'spec', 'selector', 'matchLabels'),
        at(find('NetworkPolicy'), 'spec', 'podSelector', 'matchLabels'),
      ]) {
        expect(labels).toMatchObject(selector ?? {});
      }
      expect(find('Service')?.metadata.labels).toMatchObject(
        at(find('ServiceMonitor'), 'spec', 'selector', 'matchLabels') ?? {},
      );
      const scaler = find('HorizontalPodAutoscaler') ?? find('ScaledObject');
      expect(scaler && at(scaler, 'spec', 'scaleTargetRef')).toEqual(
        scaler && {
          apiVersion: workload.apiVersion,
          kind: workload.kind,
          name: workload.metadata.name,
        },
      );
      // An autoscaler and Argo CD would undo each other's number of pods.
      expect(at(workload, 'spec', 'replicas') === undefined).toBe(
        scaler !== undefined,
      );
      const account = find('ServiceAccount')?.metadata.name ?? 'shared';
      expect(at(pods, 'spec', 'serviceAccountName')).toBe(account);
      const sources = at(app, 'envFrom') ?? [];
      expect(sources).toEqual([
        ...(find('ConfigMap')
          ? [{ configMapRef: { name: find('ConfigMap')?.metadata.name } }]
          : []),
        ...(find('ExternalSecret')
          ? [
              {
                secretRef: {
                  name: at(find('ExternalSecret'), 'spec', 'target', 'name'),
                },
              },
            ]
          : []),
      ]);
    }
  });

  it('passes texts on as they are', () => {
    const texts = (one: ChartCase, text: string): unknown => {
      const all = parse(text, '1.2');
      if (one.options.settings === 'config') {
        return at(
          all.find(({ kind }) => kind === 'ConfigMap'),
          'data',
        );
      }
      const pods = at(
        all.find(({ kind }) => /^(Deployment|Rollout)$/.test(kind)),
        'spec',
        'template',
        'spec',
      );
      const env = at(pods, 'containers', 0, 'env');
      return Array.isArray(env)
        ? Object.fromEntries(
            env
              .filter(({ name }) => name !== 'PORT')
              .map(({ name, value }) => [name, value]),
          )
        : undefined;
    };
    const checked = [...rendered].filter(
      ([
        {
          options: { settings, version },
        },
      ]) => settings === 'config' || (settings === 'env' && version !== 'none'),
    );
    expect(checked.length).toBeGreaterThan(5);
    for (const [one, text] of checked) {
      expect(texts(one, text)).toEqual(at(one.values, one.options.settings));
    }
  });

  it('satisfies the linter of Helm', () => {
    for (const one of cases) {
      const { status, stdout, stderr } = helm(
        ['lint', '--strict', '--quiet', chart],
        one.values,
      );
      expect([one.name, status, stdout, stderr]).toEqual([one.name, 0, '', '']);
    }
  });

  it('satisfies the schemas of the custom resources', () => {
    const custom = resources().filter(({ manifest }) => !isBuiltIn(manifest));
    expect(new Set(custom.map(({ manifest }) => manifest.kind)).size).toBe(6);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [resolve(__dirname, '../__testUtils__/validateCustomResources.mjs')],
      { input: JSON.stringify(custom), encoding: 'utf8', maxBuffer: 1e8 },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual([]);
  });

  describeWith({
    name: 'kubernetes-validate',
    isInstalled: existsSync(python),
    install: 'yarn deploy:check --install',
  })('with the schemas of Kubernetes', () => {
    it('has no field that Kubernetes 1.36 does not know', () => {
      const { status, stdout, stderr } = spawnSync(
        python,
        [join(root, 'deploy/aws/test/manifests.py')],
        {
          input: JSON.stringify(
            resources().filter(({ manifest }) => isBuiltIn(manifest)),
          ),
          encoding: 'utf8',
          maxBuffer: 1e8,
        },
      );
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(JSON.parse(stdout)).toEqual([]);
    });
  });
});

function isBuiltIn({ apiVersion }: Resource): boolean {
  return /^(v1|apps|autoscaling|policy|networking\.k8s\.io)(\/|$)/.test(
    apiVersion,
  );
}

import { combinations } from './combinations';

/** Values of the service chart, with what must become of them. */
export interface ChartCase {
  /** The options that the values consist of. */
  name: string;
  release: string;
  values: object;
  /** The level of each option. */
  options: Record<keyof typeof OPTIONS, string>;
}

export const CHART_IMAGE =
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';
export const CHART_DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** Texts that are something else in YAML, unless they are quoted. */
const AWKWARD = {
  SWITCH: 'on',
  ANSWER: 'no',
  VERSION: '1.10',
  HEX: '0x1f',
  EMPTY: '',
  NULL: 'null',
  TILDE: '~',
  TEMPLATE: '{{ fail "x" }}',
  QUOTES: `"it's" \\ #`,
  LINES: 'a: b\n- c\n',
  LETTERS: 'ü 日本',
};

/** What each level of an option sets, in the chart's values. */
const OPTIONS = {
  version: {
    none: {},
    tag: { image: { tag: '1.0.0' } },
    number: { image: { tag: '1.10' } },
    switch: { image: { tag: 'on' } },
    long: { image: { tag: `${'v'.repeat(62)}._-${'x'.repeat(60)}` } },
    digest: { image: { digest: CHART_DIGEST } },
    both: { image: { tag: `1.0.0@${CHART_DIGEST}` } },
  },
  name: {
    api: { nameOverride: 'api', partOf: 'shop' },
    on: { nameOverride: 'on', partOf: '2024' },
    null: { nameOverride: 'null', partOf: '' },
  },
  workload: {
    Deployment: { workload: 'Deployment', replicas: 2 },
    Rollout: { workload: 'Rollout' },
    steady: { workload: 'Rollout', canarySteps: [] },
  },
  autoscaling: {
    none: {},
    hpa: { autoscaling: { type: 'hpa' } },
    memory: { autoscaling: { type: 'hpa', memoryPercent: 80 } },
    keda: {
      autoscaling: {
        type: 'keda',
        minReplicas: 0,
        triggers: [
          {
            type: 'aws-sqs-queue',
            metadata: { queueLength: '5', awsRegion: 'eu-west-1' },
          },
          {
            type: 'cron',
            metricType: 'AverageValue',
            metadata: { timezone: 'Etc/UTC', start: '0 8 * * *' },
          },
        ],
      },
    },
  },
  exposure: {
    none: {},
    internal: { exposure: { type: 'internal', host: 'api.internal' } },
    public: {
      exposure: {
        type: 'public',
        host: 'api.example.com',
        path: '/v1',
        certificateArn:
          'arn:aws:acm:eu-west-1:123456789012:certificate/11111111',
        annotations: { 'alb.ingress.kubernetes.io/group.order': '10' },
      },
    },
    plain: {
      exposure: { type: 'internal', host: 'api.internal', tls: false },
    },
    gateway: {
      exposure: {
        type: 'gateway',
        host: '*.example.com',
        gateway: { name: 'main', namespace: 'gateways', sectionName: 'https' },
        annotations: { order: '10' },
      },
    },
  },
  settings: {
    none: {},
    env: { env: AWKWARD },
    config: { config: AWKWARD },
    secrets: {
      secrets: {
        env: {
          PASSWORD: { secret: 'shop/api/database', property: 'password' },
          TOKEN: { secret: 'on' },
        },
      },
    },
    all: {
      env: { A: 'yes' },
      config: { B: 'no' },
      secrets: {
        store: { kind: 'SecretStore', name: 'own' },
        env: { C: { secret: 'shop/c' } },
      },
    },
  },
  network: {
    open: { networkPolicy: { enabled: false } },
    namespace: {},
    strict: {
      networkPolicy: {
        fromNamespaces: ['web', '2024'],
        loadBalancerCidrs: ['10.0.0.0/16', '2001:db8::/32'],
        egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/16' } }] }],
      },
    },
  },
  metrics: {
    none: {},
    monitored: { metrics: { enabled: true, labels: { release: 'on' } } },
    anywhere: { metrics: { enabled: true, namespace: '' } },
  },
  identity: {
    own: {},
    existing: { serviceAccount: { create: false, name: 'shared' } },
    annotated: {
      serviceAccount: {
        name: 'api-role',
        automountToken: true,
        annotations: { 'example.com/on': 'on' },
      },
    },
  },
  scheduling: {
    none: { podDisruptionBudget: { enabled: false }, topologySpread: 'none' },
    spread: {},
    strict: {
      topologySpread: 'DoNotSchedule',
      priorityClassName: 'high',
      nodeSelector: { 'kubernetes.io/arch': 'arm64' },
      tolerations: [{ key: 'spot', operator: 'Exists' }],
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: 'gpu', operator: 'DoesNotExist' }] },
            ],
          },
        },
      },
    },
  },
  extras: {
    none: { preStopSleepSeconds: 0 },
    containers: {
      command: ['/app'],
      args: ['--verbose', 'on'],
      podLabels: { tier: 'on' },
      podAnnotations: { 'example.com/on': 'on' },
      imagePullSecrets: [{ name: 'registry' }],
      initContainers: [{ name: 'migrate', image: 'busybox:1' }],
      sidecars: [{ name: 'proxy', image: 'busybox:1' }],
      volumes: [{ name: 'cache', emptyDir: {} }],
      volumeMounts: [{ name: 'cache', mountPath: '/cache' }],
    },
  },
} satisfies Record<string, Record<string, object>>;

/**
 * Values for the service chart in which all levels of every two options (or more, by
 * `strength`) occur together; all combinations would be about a million.
 */
export function serviceChartCases(strength = 2): ChartCase[] {
  const levels = Object.values(OPTIONS).map(option => Object.keys(option));
  return combinations(levels, strength).map(row => {
    const chosen = Object.keys(OPTIONS).map((option, i) => [option, row[i]]);
    const options: ChartCase['options'] = Object.fromEntries(chosen);
    const parts = Object.entries(OPTIONS).map(
      ([option, settings]: [string, Record<string, object>], i) =>
        Object.hasOwn(settings, row[i]) ? settings[row[i]] : missing(option),
    );
    return {
      name: chosen.map(pair => pair.join('=')).join(' '),
      release: options.name,
      values: parts.reduce(merged, {
        image: { repository: CHART_IMAGE, tag: '' },
      }),
      options,
    };
  });
}

function missing(option: string): never {
  throw new Error(`${option} has no such level`);
}

function merged(base: object, over: object): object {
  const entries = Object.entries(over).map(
    ([key, value]: [string, unknown]) => {
      const before: unknown = Object.entries(base).find(
        ([k]) => k === key,
      )?.[1];
      return [
        key,
        isMap(before) && isMap(value) ? merged(before, value) : value,
      ];
    },
  );
  return { ...base, ...Object.fromEntries(entries) };
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

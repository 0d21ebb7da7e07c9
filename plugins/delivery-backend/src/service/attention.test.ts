import {
  type Deployment,
  type DeploymentsResponse,
  describeInstanceError,
  describeProblem,
  type ImagesResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { attentionOf } from './attention';

const DEPLOYMENT: Deployment = {
  application: { instance: 'main', namespace: 'argocd', name: 'api-dev' },
  key: 'k',
  project: 'shop',
  destination: {},
  health: { status: 'Healthy' },
  sync: { status: 'Synced', revisions: [], outOfSync: 0 },
  images: [],
  automatedSync: true,
  conditions: [],
  unwell: [],
  links: { external: [] },
};
const IMAGES: ImagesResponse = {
  repositories: [],
  problems: [],
  keys: [],
  applications: [],
  items: [],
};

function deployments(
  changes: Partial<Deployment>,
  rest: Partial<DeploymentsResponse> = {},
): DeploymentsResponse {
  return {
    environments: [
      { environment: 'dev', deployments: [{ ...DEPLOYMENT, ...changes }] },
    ],
    instances: [],
    problems: [],
    locator: { annotations: {} },
    ...rest,
  };
}

const itemsOf = (changes: Partial<Deployment>) =>
  attentionOf({ deployments: deployments(changes), images: IMAGES });

describe('attentionOf', () => {
  it('finds nothing where all is well', () => {
    expect(itemsOf({})).toEqual([]);
    expect(itemsOf({ health: { status: 'Progressing' } })).toEqual([]);
  });

  it.each<[string, Partial<Deployment>, string | undefined]>([
    [
      'degraded',
      { health: { status: 'Degraded', message: 'out of memory' } },
      'out of memory',
    ],
    [
      'degraded',
      {
        health: { status: 'Degraded' },
        unwell: [
          {
            group: 'apps',
            kind: 'Deployment',
            name: 'api',
            health: { status: 'Degraded', message: 'no quota' },
          },
        ],
      },
      'no quota',
    ],
    ['missing', { health: { status: 'Missing' } }, undefined],
    [
      'sync-failed',
      {
        operation: {
          phase: 'Failed',
          message: 'hook failed',
          startedAt: '2026-11-23T05:00:00Z',
        },
      },
      'hook failed',
    ],
  ])(
    'reports %s applications in the words of Argo CD',
    (kind, changes, text) => {
      expect(itemsOf(changes)).toEqual([
        {
          kind,
          environment: 'dev',
          key: 'k',
          application: DEPLOYMENT.application,
          ...(text && {
            reason: {
              code: 'detail.reported',
              parameters: { message: text },
              message: text,
            },
          }),
        },
      ]);
    },
  );

  it('reports a promotion only if somebody has to do something', () => {
    const waiting = {
      code: 'automated-sync-off',
      parameters: {},
      message: 'Automated sync is off',
    } as const;
    const advice = {
      code: 'advice.correct-instance',
      parameters: {},
      message: 'Sync it',
    };
    expect(itemsOf({ waiting })).toEqual([]);
    expect(itemsOf({ waiting: { ...waiting, advice } })).toMatchObject([
      { kind: 'waiting', reason: { code: 'stuck.automated-sync-off' } },
    ]);
  });

  it('reports unreachable instances first, and all problems without details', () => {
    const problem = describeProblem({
      code: 'read-failed',
      parameters: { repository: 'shop/api' },
      advice: { code: 'advice.permit-reading', parameters: {} },
      detail: {
        code: 'detail.reported',
        parameters: { message: 'arn:aws:iam::123456789012:role/reader' },
      },
    });
    const items = attentionOf({
      deployments: deployments(
        { health: { status: 'Missing' } },
        {
          instances: [
            {
              name: 'main',
              state: 'unreachable',
              since: '2026-11-23T05:00:00.000Z',
              applications: 1,
              error: describeInstanceError('unreachable', '10.1.2.3 refused'),
            },
          ],
        },
      ),
      images: { ...IMAGES, problems: [problem] },
    });

    expect(items.map(({ kind }) => kind)).toEqual([
      'instance-unreachable',
      'missing',
      'repositories',
    ]);
    expect(items[0].reason?.message).toBe("Argo CD can't be reached");
    expect(JSON.stringify(items)).not.toMatch(/10\.1\.2\.3|arn:aws/);
  });
});

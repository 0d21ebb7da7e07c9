import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  type DeploymentsResponse,
  describeInstanceError,
  describeProblem,
  type FleetResponse,
  type ImagesResponse,
  type InstanceStatus,
  type OverviewResponse,
  type PerformanceFigures,
  type PerformanceResponse,
} from '@landfall/backstage-plugin-delivery-common';
import type { DeliveryService } from '@landfall/backstage-plugin-delivery-node';
import { attentionOf } from './attention';
import { AuthorizedDeliveryService } from './AuthorizedDeliveryService';

const ROLE = 'arn:aws:iam::123456789012:role/landfall-reader';
const ADDRESS = 'https://argocd-server.internal:8443';
const OTHER = 'payments/payments-prod';

const REF = { kind: 'component', namespace: 'default', name: 'api' };
const QUERY = { limit: 10 };

const INSTANCES: InstanceStatus[] = [
  {
    name: 'main',
    state: 'unreachable',
    since: '2026-11-23T05:00:00.000Z',
    applications: 1,
    error: describeInstanceError(
      'unreachable',
      `${ADDRESS} refused the connection`,
    ),
  },
  {
    name: 'edge',
    state: 'live',
    since: '2026-11-23T05:00:00.000Z',
    applications: 2,
    error: describeInstanceError(
      'partly-unread',
      `The application ${OTHER} can't be read`,
    ),
  },
  {
    name: 'quiet',
    state: 'live',
    since: '2026-11-23T05:00:00.000Z',
    applications: 0,
  },
];

const IMAGES: ImagesResponse = {
  repositories: [],
  keys: [],
  applications: [],
  items: [],
  problems: [
    describeProblem({
      code: 'read-failed',
      parameters: { repository: 'shop/api' },
      advice: { code: 'advice.permit-reading', parameters: {} },
      detail: {
        code: 'detail.reported',
        parameters: { message: `${ROLE} is not authorized` },
      },
    }),
  ],
};

const DEPLOYMENTS: DeploymentsResponse = {
  environments: [],
  instances: INSTANCES,
  problems: [
    describeProblem({
      code: 'instance-unknown',
      parameters: { annotation: 'argocd/instance-name', instances: "'mian'" },
      advice: {
        code: 'advice.correct-instance',
        parameters: { annotation: 'argocd/instance-name' },
      },
      detail: {
        code: 'detail.instances-configured',
        parameters: { instances: 'main, edge' },
      },
    }),
  ],
  locator: { annotations: {} },
};

const OVERVIEW: OverviewResponse = {
  deployments: DEPLOYMENTS,
  promotions: { items: [] },
  images: IMAGES,
  attention: attentionOf({ deployments: DEPLOYMENTS, images: IMAGES }),
};

const FLEET: FleetResponse = {
  total: 0,
  counters: {
    stuck: 0,
    degraded: 0,
    'out-of-sync': 0,
    updating: 0,
    'update-available': 0,
    held: 0,
    stale: 0,
  },
  instances: INSTANCES,
  services: [],
  keys: [],
};

const NO_FIGURES: PerformanceFigures = {
  deployments: 0,
  attempts: 0,
  failures: 0,
  leadTime: { count: 0 },
  leadTimeStages: { count: 0, totalMs: {} },
  restoreTime: { count: 0 },
  observed: 0,
  leftOut: {},
};

const PERFORMANCE: PerformanceResponse = {
  from: '2026-11-02',
  to: '2026-11-02',
  interval: 'day',
  environments: [],
  applications: 0,
  current: NO_FIGURES,
  previous: NO_FIGURES,
  buckets: [],
};

const STORED: DeliveryService = {
  getOverview: async () => OVERVIEW,
  getDeployments: async () => DEPLOYMENTS,
  getPromotions: async () => ({ items: [] }),
  getImages: async () => IMAGES,
  getFleet: async () => FLEET,
  getPerformance: async () => PERFORMANCE,
  getWouldUpdate: async () => ({
    repositories: [],
    applications: [],
    findings: [],
  }),
  getImageUsers: async () => ({
    repositories: [],
    total: 0,
    items: [],
    unreachable: [],
  }),
  getVersions: async () => ({ repositories: [], environments: [], items: [] }),
  getInstances: async () => INSTANCES,
};

describe('AuthorizedDeliveryService', () => {
  function create(
    result: AuthorizeResult.ALLOW | AuthorizeResult.DENY,
    stored = STORED,
  ) {
    const permissions = mockServices.permissions.mock({
      authorize: async () => [{ result }],
    });
    const service = AuthorizedDeliveryService.create({
      permissions,
      service: stored,
    });
    return { service, permissions };
  }
  const options = { credentials: mockCredentials.user() };
  const everything = async (service: AuthorizedDeliveryService) =>
    JSON.stringify([
      await service.getInstances(options),
      await service.getOverview(REF, options),
      await service.getDeployments(REF, options),
      await service.getImages(REF, QUERY, options),
      await service.getPromotions(REF, QUERY, options),
      await service.getFleet({}, options),
      await service.getPerformance({}, options),
      await service.getVersions(REF, QUERY, options),
    ]);

  it('shows addresses, roles and names to callers with the permission', async () => {
    const { service, permissions } = create(AuthorizeResult.ALLOW);
    const text = await everything(service);
    for (const one of [ADDRESS, ROLE, OTHER, 'Configured are main, edge']) {
      expect(text).toContain(one);
    }
    expect(permissions.authorize).toHaveBeenCalledWith(
      [
        {
          permission: expect.objectContaining({
            name: 'delivery.instances.read',
          }),
        },
      ],
      expect.objectContaining(options),
    );
  });

  it('keeps them from everybody else, who see only the sentences', async () => {
    const { service } = create(AuthorizeResult.DENY);
    const text = await everything(service);
    for (const one of [ADDRESS, ROLE, OTHER, 'Configured are']) {
      expect(text).not.toContain(one);
    }
    expect(await service.getInstances(options)).toEqual([
      {
        ...INSTANCES[0],
        error: {
          code: 'unreachable',
          parameters: {},
          message: "Argo CD can't be reached",
        },
      },
      {
        ...INSTANCES[1],
        error: {
          code: 'partly-unread',
          parameters: {},
          message: "Some applications of this Argo CD can't be read",
        },
      },
      INSTANCES[2],
    ]);
    const { problems } = await service.getImages(REF, QUERY, options);
    expect(problems).toEqual([
      {
        code: 'read-failed',
        parameters: { repository: 'shop/api' },
        message: "shop/api couldn't be read",
        advice: expect.objectContaining({ code: 'advice.permit-reading' }),
      },
    ]);
  });

  it('asks for no decision if there is nothing to hide', async () => {
    const { service, permissions } = create(AuthorizeResult.DENY, {
      ...STORED,
      getInstances: async () => [INSTANCES[2]],
      getImages: async () => ({ ...IMAGES, problems: [] }),
    });
    await service.getInstances(options);
    await service.getImages(REF, QUERY, options);
    expect(permissions.authorize).not.toHaveBeenCalled();
  });

  it('makes one version without details of an overview that callers share', async () => {
    const { service } = create(AuthorizeResult.DENY);

    const overview = await service.getOverview(REF, options);

    expect(overview).not.toBe(OVERVIEW);
    expect(await service.getOverview(REF, options)).toBe(overview);
  });

  it('asks again for a decision once it is too old', async () => {
    let result: AuthorizeResult.ALLOW | AuthorizeResult.DENY =
      AuthorizeResult.ALLOW;
    let now = 1000;
    const service = AuthorizedDeliveryService.create({
      permissions: mockServices.permissions.mock({
        authorize: async () => [{ result }],
      }),
      service: STORED,
      cache: { authorizationMs: 5000, clock: { now: () => now } },
    });
    expect(await service.getInstances(options)).toEqual(INSTANCES);

    result = AuthorizeResult.DENY;
    now += 4999;
    expect(await service.getInstances(options)).toEqual(INSTANCES);
    now += 2;
    expect(JSON.stringify(await service.getInstances(options))).not.toContain(
      ADDRESS,
    );
  });
});

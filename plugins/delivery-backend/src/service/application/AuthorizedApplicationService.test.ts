import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  type ApplicationDetails,
  describeInstanceError,
} from '@landfall/backstage-plugin-delivery-common';
import { InstancesPermission } from '../InstancesPermission';
import { AuthorizedApplicationService } from './AuthorizedApplicationService';
import type { ApplicationService } from './types';

const ADDRESS = 'https://argocd-server.internal:8443';
const REF = {
  entity: { kind: 'component', namespace: 'default', name: 'api' },
  application: { instance: 'main', namespace: 'argocd', name: 'api-dev' },
};
const OPTIONS = { credentials: mockCredentials.user() };

const error = describeInstanceError('unreachable', `${ADDRESS} is down`);

const DETAILS: ApplicationDetails = {
  environment: 'dev',
  instance: {
    name: 'main',
    state: 'unreachable',
    since: '2026-11-23T05:00:00.000Z',
    applications: 1,
    error,
  },
  deployment: {
    application: REF.application,
    key: 'key',
    project: 'shop',
    destination: {},
    health: { status: 'Healthy' },
    sync: { status: 'Synced', revisions: [], outOfSync: 0 },
    images: [],
    automatedSync: true,
    conditions: [],
    unwell: [],
    links: { external: [] },
  },
  sources: [],
  history: [],
  updater: { applications: [], findings: [], images: [] },
};

function setUp(
  result: AuthorizeResult.ALLOW | AuthorizeResult.DENY,
  { failure }: { failure?: typeof error } = { failure: error },
) {
  const permissions = mockServices.permissions.mock({
    authorize: async () => [{ result }],
  });
  const service: ApplicationService = {
    getApplication: async () => ({
      ...DETAILS,
      instance: { ...DETAILS.instance, error: failure },
    }),
    getResources: async () => ({
      total: 0,
      nodes: [],
      rollouts: [],
      problems: failure ? [{ part: 'nodes', error: failure }] : [],
    }),
    getDiff: async () => ({ hunks: [], error: failure }),
    getEvents: async () => ({ items: [], error: failure }),
  };
  return {
    permissions,
    authorized: AuthorizedApplicationService.create({
      permission: InstancesPermission.create({ permissions }),
      service,
    }),
  };
}

const READS: [string, (service: ApplicationService) => Promise<object>][] = [
  ['getApplication', service => service.getApplication(REF, OPTIONS)],
  ['getResources', service => service.getResources(REF, OPTIONS)],
  [
    'getDiff',
    service => service.getDiff(REF, { kind: 'Pod', name: 'a' }, OPTIONS),
  ],
  ['getEvents', service => service.getEvents(REF, {}, OPTIONS)],
];

describe.each(READS)('%s', (_, read) => {
  it('shows addresses with the permission', async () => {
    const { authorized } = setUp(AuthorizeResult.ALLOW);
    expect(JSON.stringify(await read(authorized))).toContain(ADDRESS);
  });

  it('shows only what failed without the permission', async () => {
    const { authorized } = setUp(AuthorizeResult.DENY);
    const text = JSON.stringify(await read(authorized));
    expect(text).not.toContain(ADDRESS);
    expect(text).toContain(error.message);
  });

  it('asks for no decision when there is nothing to hide', async () => {
    const { authorized, permissions } = setUp(AuthorizeResult.DENY, {});
    await read(authorized);
    expect(permissions.authorize).not.toHaveBeenCalled();
  });
});

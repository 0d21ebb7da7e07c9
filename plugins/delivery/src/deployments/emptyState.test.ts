import type {
  DeploymentsResponse,
  InstanceStatus,
} from '@landfall/backstage-plugin-delivery-common';
import { deploymentOf, responseOf } from '../../dev/fixtures/deployments';
import { APPLICATIONS_WITHHELD } from '../../dev/fixtures/problems';
import { emptyState, type EmptyState } from './emptyState';

const instance = (
  state: InstanceStatus['state'],
  changes: Partial<InstanceStatus> = {},
): InstanceStatus => ({
  name: 'main',
  state,
  since: '2026-03-01T11:00:00Z',
  applications: 0,
  ...changes,
});
const NO_ANNOTATIONS = { locator: { annotations: {} } };

describe('emptyState', () => {
  it.each<[EmptyState, Partial<DeploymentsResponse>]>([
    ['unconfigured', { unconfigured: true, instances: [] }],
    ['unconfigured', { unconfigured: true, ...NO_ANNOTATIONS }],
    ['explained', { problems: [APPLICATIONS_WITHHELD] }],
    ['unannotated', NO_ANNOTATIONS],
    ['unannotated', { ...NO_ANNOTATIONS, instances: [instance('connecting')] }],
    ['reading', { instances: [instance('live'), instance('connecting')] }],
    ['incomplete', { instances: [instance('unreachable')] }],
    [
      // It was read before the portal started again.
      'unmatched',
      {
        instances: [
          instance('connecting', { lastReceivedAt: '2026-03-01T11:00:00Z' }),
        ],
      },
    ],
    ['unmatched', {}],
  ])('is %s with %j', (expected, changes) => {
    expect(emptyState(responseOf({}, changes))).toBe(expected);
  });

  it('is filtered if there are applications', () => {
    expect(emptyState(responseOf({ dev: [deploymentOf('api-dev')] }))).toBe(
      'filtered',
    );
  });
});

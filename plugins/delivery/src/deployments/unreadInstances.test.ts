import {
  type DeploymentsResponse,
  describeInstanceError,
  type InstanceStatus,
} from '@landfall/backstage-plugin-delivery-common';
import { deploymentOf, responseOf } from '../../dev/fixtures/deployments';
import { instancesToExplain, isIncomplete } from './unreadInstances';

const SINCE = '2026-03-01T12:00:00Z';

function instance(
  name: string,
  state: InstanceStatus['state'],
  lastReceivedAt?: string,
): InstanceStatus {
  return {
    name,
    state,
    since: SINCE,
    applications: 0,
    ...(lastReceivedAt && { lastReceivedAt }),
    ...(state === 'unreachable' && {
      error: describeInstanceError('connection-refused', 'ECONNREFUSED'),
    }),
  };
}

const NEVER = instance('never', 'unreachable');
const FORMERLY = instance('formerly', 'unreachable', SINCE);
const CONNECTING = instance('connecting', 'connecting');
const LIVE = instance('live', 'live', SINCE);
const ALL = [NEVER, FORMERLY, CONNECTING, LIVE];

function on(name: string, application: string) {
  return deploymentOf(application, {
    application: { instance: name, namespace: 'argocd', name: application },
  });
}

describe('unread instances', () => {
  it.each<[string, DeploymentsResponse, string[], boolean]>([
    [
      'of a page without applications',
      responseOf({}, { instances: ALL }),
      ['never', 'formerly', 'connecting'],
      true,
    ],
    [
      'of a page with applications',
      responseOf({ dev: [deploymentOf('api')] }, { instances: ALL }),
      ['never', 'connecting'],
      true,
    ],
    [
      'with one application',
      responseOf({ dev: [on('formerly', 'api')] }, { instances: ALL }),
      ['never', 'connecting'],
      true,
    ],
    [
      'with several applications',
      responseOf(
        { dev: [on('formerly', 'api')], prod: [on('formerly', 'web')] },
        { instances: [FORMERLY, LIVE] },
      ),
      ['formerly'],
      false,
    ],
    [
      'of an empty page, all formerly read',
      responseOf({}, { instances: [FORMERLY, LIVE] }),
      ['formerly'],
      false,
    ],
    [
      'of an entity without annotations',
      responseOf({}, { instances: ALL, locator: { annotations: {} } }),
      [],
      false,
    ],
  ])('are explained: %s', (_, response, names, incomplete) => {
    expect(instancesToExplain(response).map(({ name }) => name)).toEqual(names);
    expect(isIncomplete(response)).toBe(incomplete);
  });
});

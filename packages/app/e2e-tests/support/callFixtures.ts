import {
  FLEET_STATES,
  PERFORMANCE_INTERVALS,
  type DeliveryApi,
  type PromotionOutcome,
} from '@landfall/backstage-plugin-delivery-common';
import type { Operation } from './apiDescription';

const OUTCOMES: readonly (PromotionOutcome | 'open')[] = [
  'open',
  'live',
  'failed',
  'superseded',
  'rolled-back',
  'abandoned',
];

/** Calls the method of an API that a request of a page means. */
export async function callFixtures(
  api: DeliveryApi,
  { id, parameters }: Operation,
  query: URLSearchParams,
): Promise<unknown> {
  const { kind, namespace, name } = parameters;
  const entity = { kind, namespace, name };
  const application = {
    instance: parameters.instance,
    namespace: parameters.applicationNamespace,
    name: parameters.applicationName,
  };
  const text = (key: string) => query.get(key) ?? undefined;
  const page = {
    cursor: text('cursor'),
    ...(query.has('limit') && { limit: Number(query.get('limit')) }),
  };
  const environment = text('environment');
  const repository = text('repository');
  switch (id) {
    case 'getOverview':
      return api.getOverview(entity);
    case 'getDeployments':
      return api.getDeployments(entity);
    case 'getPromotions': {
      const outcome = OUTCOMES.find(each => each === text('outcome'));
      return api.getPromotions(entity, { environment, repository, outcome });
    }
    case 'getImages':
      return api.getImages(entity, { ...page, repository });
    case 'getVersions':
      return api.getVersions(entity, { ...page, environment, repository });
    case 'getFleet':
      return api.getFleet({
        ...page,
        search: text('search'),
        state: FLEET_STATES.find(each => each === text('state')),
      });
    case 'getPerformance':
      return api.getPerformance({
        from: text('from'),
        to: text('to'),
        interval: PERFORMANCE_INTERVALS.find(each => each === text('interval')),
      });
    case 'getApplication':
      return api.getApplication(entity, application);
    case 'getApplicationResources':
      return api.getApplicationResources(entity, application);
    case 'getApplicationDiff':
      return api.getApplicationDiff(entity, application, {
        kind: text('kind') ?? '',
        name: text('name') ?? '',
      });
    case 'getApplicationEvents':
      return api.getApplicationEvents(entity, application, {
        resource: text('resource'),
      });
    // Nobody has acted on anything.
    case 'getActions':
      return { items: [] };
    case 'getInstances':
      return { items: await api.getInstances() };
    default:
      throw new Error(`The fixtures have no ${id}`);
  }
}

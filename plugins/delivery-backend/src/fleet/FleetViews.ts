import {
  compareEnvironments,
  type EnvironmentRule,
  type FleetRequest,
  type FleetResponse,
} from '@landfall/backstage-plugin-delivery-common';
import type { StoreReading } from '../service/StoreReading';
import {
  toInstanceStatus,
  withoutPassingTime,
} from '../service/toInstanceStatus';
import {
  countFleet,
  readFleetApplications,
  readFleetFacets,
  readFleetPage,
} from '../store/operations/fleet';
import type { FleetFilter } from '../store/operations/fleetFilter';
import { readInstances } from '../store/operations/instances';
import { readVersion } from '../store/operations/storeVersions';
import { bucketsOf, scopes } from '../store/scopes';
import { decodeFleetCursor, encodeFleetCursor } from './fleetCursor';
import { FLEET_KEY } from './fleetKey';
import type { SeenServices } from './VisibleServices';

const DEFAULT_SERVICES = 50;
/** The most applications of one service in an answer. */
const MAX_APPLICATIONS = 50;

/** @internal */
export interface FleetViewsOptions {
  instanceNames: readonly string[];
  environments: EnvironmentRule[];
}

/**
 * Makes the answers about the whole fleet from the store.
 *
 * @internal
 */
export class FleetViews {
  /** @param startedAt - since when instances are `connecting` that nobody watched */
  constructor(
    private readonly options: FleetViewsOptions,
    private readonly startedAt: string,
  ) {}

  /** @param seen - the services that the caller may see */
  async fleet(
    seen: SeenServices,
    request: FleetRequest,
    reading: StoreReading,
  ): Promise<FleetResponse> {
    const { knex, signalKeys, dependsOn } = reading;
    const { instanceNames } = this.options;
    const { sort = 'name', cursor, state, limit = DEFAULT_SERVICES } = request;
    const after =
      cursor === undefined ? undefined : decodeFleetCursor(sort, cursor);
    dependsOn(
      scopes.services,
      scopes.fleet,
      ...instanceNames.map(scopes.instance),
    );
    const instances = await readInstances(
      knex,
      [...instanceNames],
      this.startedAt,
    );
    const all: FleetFilter = {
      ...(await restriction(seen, reading)),
      instances: instanceNames,
      unreachable: instances.flatMap(one =>
        one.state === 'unreachable' ? [one.name] : [],
      ),
    };
    const filter: FleetFilter = { ...all, ...conditions(request) };
    const { total, ...counters } = await countFleet(knex, filter);
    const { services, next } = await readFleetPage(knex, filter, {
      state,
      sort,
      after,
      limit,
    });
    const applications = await readFleetApplications(knex, filter, {
      entityRefs: services.map(({ entityRef }) => entityRef),
      limit: MAX_APPLICATIONS,
    });
    return {
      total: state ? counters[state] : total,
      counters,
      ...(!after && { facets: await this.facets(reading, all) }),
      instances: instances.map(toInstanceStatus).map(withoutPassingTime),
      services: services.map(({ applications: count, ...service }) => ({
        ...service,
        applicationCount: count,
        applications: applications.get(service.entityRef) ?? [],
      })),
      keys: [signalKeys.of(FLEET_KEY)],
      ...(next && { nextCursor: encodeFleetCursor(sort, next) }),
    };
  }

  private async facets({ knex }: StoreReading, filter: FleetFilter) {
    const facets = await readFleetFacets(knex, filter);
    return {
      ...facets,
      environments: facets.environments.sort(
        compareEnvironments(this.options.environments),
      ),
    };
  }
}

/**
 * A long list of refs costs more than the rest of a statement, so it is left out
 * for those who may see every service.
 *
 * @internal
 */
export async function restriction(
  { refs, allOfVersion }: SeenServices,
  { knex }: StoreReading,
): Promise<Pick<FleetFilter, 'visible'>> {
  const isAll =
    allOfVersion !== undefined &&
    allOfVersion === (await readVersion(knex, bucketsOf([scopes.services])));
  return isAll ? {} : { visible: refs };
}

function conditions(request: FleetRequest): Partial<FleetFilter> {
  const { search, owner, system, environment, cluster, instance } = request;
  return { search, owner, system, environment, cluster, instance };
}

import type { Entity } from '@backstage/catalog-model';
import {
  compareEnvironments,
  environmentOf,
  type EnvironmentRule,
  type PerformancePeriod,
  type PerformanceRequest,
  type PerformanceResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { restriction } from '../fleet/FleetViews';
import type { SeenServices } from '../fleet/VisibleServices';
import {
  EntityApplications,
  type EntityApplicationsOptions,
  truncation,
} from '../service/EntityApplications';
import type { StoreReading } from '../service/StoreReading';
import { readServiceEnvironments } from '../store/operations/performance';
import { scopes } from '../store/scopes';
import { toPerformance } from './toPerformance';

/** @internal */
export interface PerformanceViewsOptions extends EntityApplicationsOptions {
  environments: EnvironmentRule[];
  /** How long promotions are kept after they ended; by default, for ever. */
  retentionMs?: number;
}

/**
 * Makes the answers about delivery performance from the store.
 *
 * @internal
 */
export class PerformanceViews {
  private readonly applications: EntityApplications;

  constructor(private readonly options: PerformanceViewsOptions) {
    this.applications = new EntityApplications(options);
  }

  async ofEntity(
    entity: Entity,
    period: PerformancePeriod,
    { environment }: PerformanceRequest,
    reading: StoreReading,
  ): Promise<PerformanceResponse> {
    const { environments: rules } = this.options;
    const located = await this.applications.locate(entity, {
      knex: reading.knex,
    });
    reading.dependsOn(
      ...located.claimedKeys.map(scopes.application),
      ...located.instanceNames.map(scopes.instance),
    );
    const environments = new Map(
      located.applications.map(({ key, application }) => [
        key,
        environmentOf(application, rules),
      ]),
    );
    const answer = await this.answer(
      reading,
      environments,
      environment,
      period,
    );
    const truncated = truncation(located);
    return truncated ? { ...answer, truncated } : answer;
  }

  /**
   * Doesn't depend on each application: in a large fleet, one of them changes every
   * second, which figures of weeks need not follow.
   *
   * @param seen - the services that the caller may see
   */
  async ofServices(
    seen: SeenServices,
    period: PerformancePeriod,
    { owner, system, environment }: PerformanceRequest,
    reading: StoreReading,
  ): Promise<PerformanceResponse> {
    reading.dependsOn(scopes.services);
    const environments = await readServiceEnvironments(reading.knex, {
      ...(await restriction(seen, reading)),
      instances: this.options.instanceNames,
      unreachable: [],
      // Catalog refs are stored in lower case.
      owner: owner?.toLowerCase(),
      system: system?.toLowerCase(),
    });
    return this.answer(reading, environments, environment, period);
  }

  /** @param environments - by application key */
  private async answer(
    reading: StoreReading,
    environments: ReadonlyMap<string, string>,
    environment: string | undefined,
    period: PerformancePeriod,
  ): Promise<PerformanceResponse> {
    const { environments: rules, retentionMs } = this.options;
    return toPerformance(
      reading,
      {
        applicationKeys: [...environments].flatMap(([key, name]) =>
          environment === undefined || environment === name ? [key] : [],
        ),
        environments: [...new Set(environments.values())].sort(
          compareEnvironments(rules),
        ),
      },
      period,
      retentionMs,
    );
  }
}

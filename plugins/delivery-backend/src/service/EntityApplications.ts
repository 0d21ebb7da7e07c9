import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  type ApplicationLocator,
  type ApplicationProblem,
  type ClaimRules,
  describeMessage,
  ENTITY_REF_MARK,
  instanceTopic,
  LOCATOR_ANNOTATIONS,
  locatorTopics,
  toApplicationClaim,
  type TruncatedApplications,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  type ClaimedApplication,
  claimedInstances,
  findClaimed,
} from './claimedApplications';

/** The most applications of one entity in a response. */
const MAX_SHOWN = 200;

/** @internal */
export interface EntityApplicationsOptions extends ClaimRules {
  database: DeliveryDatabase;
  /** Names of the configured Argo CD instances. */
  instanceNames: string[];
}

/**
 * The applications of an entity.
 *
 * @internal
 */
export interface LocatedApplications {
  /** The first of them, ordered by instance and then by name. */
  applications: ClaimedApplication[];
  /** How many there are. */
  total: number;
  /** The keys of all that the annotations reference, also of those withheld. */
  claimedKeys: string[];
  /** The instances in which they can be. */
  instanceNames: string[];
  /** Of signals about other applications that it may get, and about the instances. */
  topics: string[];
  /** Which annotations can't be used, and how many applications are withheld. */
  problems: ApplicationProblem[];
}

/**
 * What the API sends where only the first of an entity's applications are used;
 * undefined if all are.
 *
 * @internal
 */
export function truncation({
  applications,
  total,
}: LocatedApplications): TruncatedApplications | undefined {
  const shown = applications.length;
  return total > shown
    ? {
        shown,
        total,
        advice: describeMessage({
          code: 'advice.narrow-annotations',
          parameters: { annotation: LOCATOR_ANNOTATIONS.appSelector },
        }),
      }
    : undefined;
}

/**
 * Finds the applications of entities in the store, and what is stored about them.
 *
 * @internal
 */
export class EntityApplications {
  constructor(private readonly options: EntityApplicationsOptions) {}

  /**
   * The applications that the entity's annotations reference and that may be shown
   * for it (`delivery.access.read`). Annotations are a claim: for anything that
   * changes an application, pass `proof: 'required'`. That returns only those that
   * provably belong to the entity, whatever the mode for reading is.
   *
   * Rejects with an `InputError` if the annotations can't be read.
   *
   * @param options.knex - reads through this transaction
   */
  async locate(
    entity: Entity,
    options: { proof?: 'required'; knex?: Knex } = {},
  ): Promise<LocatedApplications> {
    const { instanceNames: configured } = this.options;
    const claim = toApplicationClaim(entity);
    if (!claim) {
      return {
        applications: [],
        total: 0,
        claimedKeys: [],
        instanceNames: configured,
        topics: configured.map(instanceTopic),
        problems: [],
      };
    }
    const { locator } = claim;
    const instanceNames = claimedInstances(locator, configured);
    const { claimed, total } = await findClaimed(
      options.knex ?? this.options.database.knex,
      claim,
      this.options,
    );
    const applications = claimed.filter(({ verdict }) =>
      options.proof === 'required' ? verdict.proven : verdict.shown,
    );
    const withheldCount = claimed.length - applications.length;
    return {
      applications: applications.slice(0, MAX_SHOWN),
      total: total - withheldCount,
      claimedKeys: claimed.map(({ key }) => key),
      instanceNames,
      topics: [
        ...locatorTopics(locator, instanceNames),
        ...instanceNames.map(instanceTopic),
      ],
      problems: [
        ...locator.problems,
        ...unknownInstances(locator, configured),
        ...withheld(entity, withheldCount),
      ],
    };
  }
}

function unknownInstances(
  { instances = [] }: ApplicationLocator,
  configured: string[],
): ApplicationProblem[] {
  const unknown = instances.filter(name => !configured.includes(name));
  const annotation = LOCATOR_ANNOTATIONS.instanceName;
  return unknown.length > 0
    ? [
        {
          code: 'instance-unknown',
          parameters: {
            annotation,
            instances: unknown.map(name => `'${name}'`).join(', '),
          },
          advice: {
            code: 'advice.correct-instance',
            parameters: { annotation },
          },
          detail:
            configured.length > 0
              ? {
                  code: 'detail.instances-configured',
                  parameters: { instances: configured.join(', ') },
                }
              : { code: 'detail.no-instance-configured', parameters: {} },
        },
      ]
    : [];
}

function withheld(entity: Entity, count: number): ApplicationProblem[] {
  return count > 0
    ? [
        {
          code: 'applications-withheld',
          parameters: { total: String(count) },
          advice: {
            code: 'advice.prove-ownership',
            parameters: {
              mark: `${ENTITY_REF_MARK}: ${stringifyEntityRef(entity)}`,
            },
          },
        },
      ]
    : [];
}

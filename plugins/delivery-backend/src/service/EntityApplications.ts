import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  type AccessRules,
  type ApplicationLocator,
  type ApplicationProblem,
  describeMessage,
  ENTITY_REF_MARK,
  instanceTopic,
  LOCATOR_ANNOTATIONS,
  locatorTopics,
  matchesLocator,
  mayShow,
  parseApplicationLocator,
  proofOf,
  toClaimant,
  type TruncatedApplications,
} from '@landfall/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  countApplications,
  findApplications,
  type StoredApplication,
} from '../store/operations/readApplications';
import { toFilter } from './toFilter';

/** The most applications of one entity in a response. */
const MAX_SHOWN = 200;

/** The most that are read to find them, since the state of each is parsed. */
const MAX_READ = 1000;

/** @internal */
export interface EntityApplicationsOptions {
  database: DeliveryDatabase;
  /** Names of the configured Argo CD instances. */
  instanceNames: string[];
  accessRules: AccessRules;
  /** Argo CD's own namespace by the name of the instance; default `argocd`. */
  argocdNamespaces?: ReadonlyMap<string, string>;
}

/**
 * The applications of an entity.
 *
 * @internal
 */
export interface LocatedApplications {
  /** The first of them, ordered by instance and then by name. */
  applications: StoredApplication[];
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
    const { instanceNames: configured, accessRules } = this.options;
    const locator = parseApplicationLocator(entity);
    if (!locator) {
      return {
        applications: [],
        total: 0,
        claimedKeys: [],
        instanceNames: configured,
        topics: configured.map(instanceTopic),
        problems: [],
      };
    }
    const instanceNames =
      locator.instances?.filter(name => configured.includes(name)) ??
      configured;
    const { claimed, total } = await this.claimedBy(
      locator,
      instanceNames,
      options.knex ?? this.options.database.knex,
    );
    const claimant = toClaimant(entity);
    const applications = claimed.filter(({ application }) => {
      const proof = proofOf(claimant, application, accessRules);
      return options.proof === 'required'
        ? proof.proven
        : mayShow(proof, accessRules);
    });
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

  private async claimedBy(
    locator: ApplicationLocator,
    instanceNames: string[],
    knex: Knex,
  ): Promise<{ claimed: StoredApplication[]; total: number }> {
    const { argocdNamespaces } = this.options;
    const filter = { ...toFilter(locator), instances: instanceNames };
    const found = await findApplications(knex, filter, {
      limit: MAX_READ,
    });
    const place = ({ application }: StoredApplication) =>
      instanceNames.indexOf(application.ref.instance);
    const claimed = found
      .filter(({ application }) =>
        matchesLocator(locator, application, argocdNamespaces),
      )
      .sort((a, b) => place(a) - place(b));
    return {
      claimed,
      total:
        found.length < MAX_READ
          ? claimed.length
          : await countApplications(knex, filter),
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

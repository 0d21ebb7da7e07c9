import type { Entity } from '@backstage/catalog-model';
import {
  type AccessRules,
  type Application,
  type ApplicationSuggestion,
  type Claimant,
  DEFAULT_ARGOCD_NAMESPACE,
  ENTITY_REF_MARK,
  type EnvironmentRule,
  LOCATOR_ANNOTATIONS,
  parseApplicationLocator,
  parseImageReference,
  proofOf,
  toClaimant,
} from '@landfall/backstage-plugin-delivery-common';
import { findApplications } from '../store/operations/readApplications';
import type { EntityApplicationsOptions } from './EntityApplications';
import type { EntitySnapshot } from './EntitySnapshot';

const NAME_LABEL = 'app.kubernetes.io/name';
/** Labels whose value is usually the name of the service. */
const LABELS = [NAME_LABEL, 'app.kubernetes.io/instance', 'app'];
/** What applications are called in addition to `<service>` and `<service>-<configured environment>`. */
const USUAL_ENVIRONMENTS = ['dev', 'test', 'staging', 'prod', 'production'];
/** The most that are looked at for each of these. */
const MAX_READ = 50;
const MAX_SUGGESTED = 20;

/** @internal */
export type SuggestionSettings = Pick<
  EntityApplicationsOptions,
  'accessRules' | 'argocdNamespaces' | 'instanceNames'
> & { environments: EnvironmentRule[] };

/**
 * Annotations for an entity that has none, by which it would get applications that
 * look like it.
 *
 * Only applications with a proof that they belong to the entity are suggested
 * (`proofOf`), also where reading is permissive. Names of applications may reveal
 * what other teams run, and everybody may add a component of any name to a
 * catalog, so a similar name must not be enough. A proof is written by those who
 * may write the application or the portal's configuration: with it, everybody who
 * sees the entity may see the application as soon as the annotation is there, so
 * the suggestion reveals nothing more.
 *
 * @internal
 */
export async function readSuggestions(
  { knex, entity }: Pick<EntitySnapshot, 'knex' | 'entity'>,
  settings: SuggestionSettings,
): Promise<ApplicationSuggestion[]> {
  if (settings.instanceNames.length === 0 || parseApplicationLocator(entity)) {
    return [];
  }
  const { name } = entity.metadata;
  const read = async (filter: Parameters<typeof findApplications>[1]) => {
    const found = await findApplications(
      knex,
      { instances: settings.instanceNames, ...filter },
      { limit: MAX_READ },
    );
    return found.map(({ application }) => application);
  };
  const withLabel = (key: string, value: string) =>
    read({ selector: [{ key, operator: 'in', values: [value] }] });

  const claimant = toClaimant(entity);
  const labelled = await withLabel(NAME_LABEL, name);
  const candidates = [
    ...labelled,
    ...(await withLabel(ENTITY_REF_MARK, markLabel(claimant))),
    ...(await read({ names: likelyNames(entity, settings.environments) })),
  ];
  for (const label of LABELS.slice(1)) {
    candidates.push(...(await withLabel(label, name)));
  }
  return toSuggestions(claimant, { name, labelled, candidates }, settings);
}

/**
 * The suggestions from candidates: a selector if it selects nothing without a
 * proof, then the names.
 *
 * @internal
 */
export function toSuggestions(
  claimant: Claimant,
  found: {
    /** The entity's. */
    name: string;
    /** All with the label `app.kubernetes.io/name` of this name. */
    labelled: readonly Application[];
    candidates: readonly Application[];
  },
  settings: {
    accessRules: Pick<AccessRules, 'projects'>;
    argocdNamespaces?: ReadonlyMap<string, string>;
  },
): ApplicationSuggestion[] {
  const isProven = (application: Application) =>
    proofOf(claimant, application, settings.accessRules).proven;
  const own = unique(found.candidates.filter(isProven));
  if (own.length === 0) {
    return [];
  }
  const { labelled, name } = found;
  const nameOf = ({ ref }: Application) => {
    const home =
      settings.argocdNamespaces?.get(ref.instance) ?? DEFAULT_ARGOCD_NAMESPACE;
    return ref.namespace === home ? ref.name : `${ref.namespace}/${ref.name}`;
  };
  const suggestion = (
    annotation: string,
    value: string,
    applications: Application[],
  ): ApplicationSuggestion => {
    const shown = applications.slice(0, MAX_SUGGESTED);
    const repositories = repositoriesOf(shown);
    return {
      annotation,
      value,
      applications: shown.map(({ ref }) => ref),
      ...(repositories.length > 0 && { repositories }),
    };
  };
  return [
    ...(labelled.length > 0 &&
    labelled.length < MAX_READ &&
    labelled.every(isProven)
      ? [
          suggestion(
            LOCATOR_ANNOTATIONS.appSelector,
            `${NAME_LABEL}=${name}`,
            unique(labelled),
          ),
        ]
      : []),
    suggestion(
      LOCATOR_ANNOTATIONS.appName,
      [...new Set(own.slice(0, MAX_SUGGESTED).map(nameOf))].join(','),
      own,
    ),
  ];
}

/** Where the images of their pods come from. */
function repositoriesOf(applications: readonly Application[]): string[] {
  const repositories = applications
    .flatMap(({ images }) => images)
    .flatMap(image => parseImageReference(image)?.repository ?? []);
  return [...new Set(repositories)].sort().slice(0, MAX_SUGGESTED);
}

/** By instance, namespace and name. */
function unique(applications: readonly Application[]): Application[] {
  const byRef = new Map(
    applications.map(application => {
      const { instance, namespace, name } = application.ref;
      return [JSON.stringify([instance, namespace, name]), application];
    }),
  );
  return [...byRef]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, application]) => application);
}

function likelyNames(entity: Entity, rules: EnvironmentRule[]): string[] {
  const { name } = entity.metadata;
  const environments = new Set([
    ...rules.map(rule => rule.name),
    ...USUAL_ENVIRONMENTS,
  ]);
  return [name, ...[...environments].map(each => `${name}-${each}`)];
}

/** `component:default/api` as the value of a label. */
function markLabel({ ref }: Claimant): string {
  return ref.replace(/[:/]/g, '.');
}

import { ConflictError, InputError } from '@backstage/errors';
import type {
  Deployment,
  DeploymentsResponse,
} from '@landfall/backstage-plugin-delivery-common';

/** What is promoted where. */
export interface PromotionQuery {
  /** Full ref. */
  entityRef: string;
  /** The tag; either this or `fromEnvironment`. */
  version?: string;
  fromEnvironment?: string;
  toEnvironments: string[];
  /** Needed where an application has images of several repositories. */
  repository?: string;
}

/**
 * The version of one image of one application that is to be set, as a
 * `VersionChangeItem`. A type, not an interface, because checkpoints have to be JSON.
 */
export type PlannedItem = {
  environment: string;
  item: {
    entityRef: string;
    application: { instance: string; namespace: string; name: string };
    expected: { actionKey: string };
    repository: string;
    tag: string;
  };
};

/** What the delivery plugin accepts in one change. */
const MAX_ITEMS = 50;

type Environments = DeploymentsResponse['environments'];

/**
 * What a promotion changes, in the order of the target environments.
 *
 * Throws an `InputError` for environments and repositories that the entity doesn't
 * have, and a `ConflictError` if it isn't clear which version runs in the source.
 */
export function planPromotion(
  { environments }: Pick<DeploymentsResponse, 'environments'>,
  query: PromotionQuery,
): PlannedItem[] {
  checkQuery(query);
  const { entityRef, version, fromEnvironment, toEnvironments } = query;
  const planned = [...new Set(toEnvironments)].flatMap(environment =>
    deploymentsIn(environments, environment).map((deployment): PlannedItem => {
      const { application, actionKey = '' } = deployment;
      const repository = repositoryOf(deployment, query.repository);
      const tag =
        version ?? runningTag(environments, fromEnvironment ?? '', repository);
      return {
        environment,
        item: {
          entityRef,
          application,
          expected: { actionKey },
          repository,
          tag,
        },
      };
    }),
  );
  if (planned.length > MAX_ITEMS) {
    throw new InputError(
      `${planned.length} Applications would be changed; at most ${MAX_ITEMS} can be at once. Promote into fewer environments at a time`,
    );
  }
  return planned;
}

function checkQuery(query: PromotionQuery): void {
  const { version, fromEnvironment, toEnvironments } = query;
  if ((version === undefined) === (fromEnvironment === undefined)) {
    throw new InputError('Set either version or fromEnvironment');
  }
  if (toEnvironments.length === 0) {
    throw new InputError('Set at least one environment in toEnvironments');
  }
  if (fromEnvironment && toEnvironments.includes(fromEnvironment)) {
    throw new InputError(
      `${fromEnvironment} can't be promoted into itself. Remove it from toEnvironments`,
    );
  }
}

function deploymentsIn(
  environments: Environments,
  environment: string,
): Deployment[] {
  const found = environments.find(one => one.environment === environment);
  if (!found || found.deployments.length === 0) {
    const names = environments.map(one => one.environment).join(', ');
    throw new InputError(
      `The entity has no Application in ${environment}. It has some in: ${
        names || 'no environment'
      }`,
    );
  }
  return found.deployments;
}

function repositoryOf(
  { application, images }: Deployment,
  wanted: string | undefined,
): string {
  const names = images.map(({ repository }) => repository);
  if (wanted === undefined && names.length === 1) {
    return names[0];
  }
  if (wanted !== undefined && names.includes(wanted)) {
    return wanted;
  }
  throw new InputError(
    names.length === 0
      ? `${application.name} runs no image whose version could be set`
      : `Set repository to one of the image repositories of ${
          application.name
        }: ${names.join(', ')}`,
  );
}

/** The tag that every application of the environment runs, and no other. */
function runningTag(
  environments: Environments,
  environment: string,
  repository: string,
): string {
  const running = deploymentsIn(environments, environment)
    .flatMap(({ images }) => images)
    .filter(image => image.repository === repository)
    .flatMap(image => image.running);
  const tags = [...new Set(running.map(({ tag }) => tag))];
  const [tag] = tags;
  if (tags.length === 1 && tag) {
    return tag;
  }
  const advice = 'Set version instead of fromEnvironment';
  if (tags.length === 0) {
    throw new ConflictError(
      `No pod in ${environment} runs an image of ${repository}. ${advice}`,
    );
  }
  throw new ConflictError(
    tags.length === 1
      ? `${environment} runs ${repository} by its digest, without a tag. ${advice}`
      : `${environment} runs several versions of ${repository}: ${tags
          .map(one => one ?? 'one without a tag')
          .join(', ')}. Wait until its rollout is done, or s${advice.slice(1)}`,
  );
}

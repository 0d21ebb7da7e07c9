import { NotFoundError } from '@backstage/errors';
import {
  type DeploymentsResponse,
  type ImageVersion,
  isHeld,
  isSameApplication,
  type WouldUpdateResponse,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * An image of an application in one environment, with the version that runs. A
 * type, not an interface, because outputs of actions have to be JSON.
 *
 * @public
 */
export type RunningVersion = {
  environment: string;
  /** Of the Application. */
  name: string;
  namespace: string;
  instance: string;
  /** Of the image, with registry host and without tag. */
  repository: string;
  /** Tag of the newest version that live pods run; absent if it has none. */
  version?: string;
  digest?: string;
  /** Reference of that version; absent if no pod runs. */
  image?: string;
  /** References of older versions that live pods still run. */
  older: string[];
  /** What Argo CD compares the application with; of its first source. */
  revision?: string;
  sync: string;
  health: string;
  /** Image Updater is told to leave the version as it is. */
  held: boolean;
};

/** Which versions of an entity are meant; all, if nothing is given. */
export interface VersionQuery {
  environment?: string;
  /** Name of the Application. */
  application?: string;
  repository?: string;
}

/**
 * The versions that run, in the order of the environments. An entity without
 * applications has none.
 *
 * Throws a `NotFoundError` that lists what there is, if nothing matches the query.
 */
export function readVersions(
  { environments }: Pick<DeploymentsResponse, 'environments'>,
  { applications }: Pick<WouldUpdateResponse, 'applications'>,
  query: VersionQuery,
): RunningVersion[] {
  const all = environments.flatMap(({ environment, deployments }) =>
    deployments.flatMap(({ application, images, sync, health }) =>
      images.map(({ repository, running }): RunningVersion => {
        const newest = running.at(-1);
        const policies = applications.filter(
          one =>
            one.repository === repository &&
            isSameApplication(one.application, application),
        );
        return {
          environment,
          name: application.name,
          namespace: application.namespace,
          instance: application.instance,
          repository,
          ...(newest?.tag && { version: newest.tag }),
          ...(newest?.digest && { digest: newest.digest }),
          ...(newest && { image: referenceOf(repository, newest) }),
          older: running
            .slice(0, -1)
            .map(version => referenceOf(repository, version)),
          ...(sync.revisions.length > 0 && { revision: sync.revisions[0] }),
          sync: sync.status,
          health: health.status,
          held: policies
            .flatMap(({ policy, otherPolicies = [] }) => [
              ...(policy ? [policy] : []),
              ...otherPolicies,
            ])
            .some(isHeld),
        };
      }),
    ),
  );
  const found = all.filter(
    one =>
      isMeant(query.environment, one.environment) &&
      isMeant(query.application, one.name) &&
      isMeant(query.repository, one.repository),
  );
  if (found.length === 0 && Object.values(query).some(Boolean)) {
    throw new NotFoundError(
      all.length === 0
        ? 'The entity has no application with an image'
        : `The entity has no such version. It has: ${all
            .map(
              ({ environment, name, repository }) =>
                `${repository} of ${name} in ${environment}`,
            )
            .join('; ')}`,
    );
  }
  return found;
}

function referenceOf(
  repository: string,
  { tag, digest }: ImageVersion,
): string {
  return `${repository}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
}

function isMeant(wanted: string | undefined, value: string): boolean {
  return wanted === undefined || wanted === value;
}

import {
  type Application,
  compareEnvironments,
  environmentOf,
  type EnvironmentRule,
  type ImageUpdaterResource,
  repositoriesOf,
} from '@landfall/backstage-plugin-delivery-common';
import { leadingFirst } from '../leadingImages';
import { versionsByRepository } from '../versionsByRepository';

/**
 * An application with the image repositories that it uses, its own first.
 *
 * @internal
 */
export interface ApplicationUser {
  key: string;
  application: Application;
  environment: string;
  repositories: string[];
}

/**
 * The applications in the order of their environments, with their repositories.
 *
 * @internal
 */
export function usersOf(
  applications: readonly { key: string; application: Application }[],
  options: {
    environments: EnvironmentRule[];
    imageUpdatersOf(ref: Application['ref']): ImageUpdaterResource[];
  },
): ApplicationUser[] {
  const compare = compareEnvironments(options.environments);
  return applications
    .map(({ key, application }) => {
      const imageUpdaters = options.imageUpdatersOf(application.ref);
      return {
        key,
        application,
        environment: environmentOf(application, options.environments),
        repositories: leadingFirst(
          application,
          imageUpdaters,
          new Set([
            ...versionsByRepository(application.images).keys(),
            ...repositoriesOf(application, imageUpdaters),
          ]),
        ),
      };
    })
    .sort((a, b) => compare(a.environment, b.environment));
}

/**
 * The repositories of some applications. Those that are the own image of most
 * applications come first, and sidecars last.
 *
 * @internal
 */
export function leadingRepositories(
  users: readonly Pick<ApplicationUser, 'repositories'>[],
): string[] {
  const places = new Map<string, { first: number; best: number }>();
  for (const { repositories } of users) {
    repositories.forEach((repository, place) => {
      const { first, best } = places.get(repository) ?? {
        first: 0,
        best: place,
      };
      places.set(repository, {
        first: first + Number(place === 0),
        best: Math.min(best, place),
      });
    });
  }
  return [...places]
    .sort(
      ([a, x], [b, y]) =>
        y.first - x.first || x.best - y.best || Number(a > b) - Number(a < b),
    )
    .map(([repository]) => repository);
}

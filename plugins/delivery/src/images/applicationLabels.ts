import type { ImageApplication } from '@landfall/backstage-plugin-delivery-common';
import { applicationNames } from '../components/applicationNames';

type Labelled = Pick<ImageApplication, 'environment' | 'key' | 'application'>;

/** @internal */
export interface ApplicationLabels {
  /** Distinguishes an application from the others of its environment. */
  nameOf(application: Labelled): string;
  /** The environment, with the name of the application if it has several. */
  labelOf(application: Labelled): string;
}

/**
 * How the applications of an entity are called.
 *
 * @internal
 * @param applications - all of them; each may occur several times
 */
export function applicationLabels(
  applications: readonly Labelled[],
): ApplicationLabels {
  const byEnvironment = new Map<string, Labelled[]>();
  for (const application of applications) {
    const { environment } = application;
    const others = byEnvironment.get(environment) ?? [];
    byEnvironment.set(environment, [...others, application]);
  }
  const inEnvironment = ({ environment }: Labelled) =>
    byEnvironment.get(environment) ?? [];
  const nameOf = (each: Labelled) =>
    applicationNames(inEnvironment(each).map(({ application }) => application))(
      each.application,
    );
  return {
    nameOf,
    labelOf: each =>
      inEnvironment(each).some(({ key }) => key !== each.key)
        ? `${each.environment} · ${nameOf(each)}`
        : each.environment,
  };
}

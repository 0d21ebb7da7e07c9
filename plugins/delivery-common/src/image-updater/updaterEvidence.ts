import type { Application } from '../model/application';
import { parseContainerImage } from './image/image';
import { matchApplications } from './matching/matching';
import { toUpdaterApplication } from './matching/toUpdaterApplication';
import { PolicyError, type PolicyProblem } from './problem';
import { type ImagePolicy, policyRepository } from './settings/images';
import type { ImageUpdaterSpec, UpdaterApplication } from './settings/types';
import type { ImageUpdaterResource, UpdaterEvidence } from './types';

/**
 * Which policy the Image Updater follows for an image repository (with registry
 * host) of an application, by the ImageUpdater resources that were seen. Where
 * none of them selects the application, its annotations are read as if one did:
 * a resource that Argo CD doesn't manage can't be seen.
 *
 * @public
 */
export function updaterEvidence(
  application: Application,
  repository: string,
  updaters: readonly ImageUpdaterResource[],
): UpdaterEvidence {
  const subject = toUpdaterApplication(application);
  for (const updater of updaters) {
    const { policies, problems } = policiesOf(
      subject,
      updater.spec,
      updater.namespace,
    );
    const policy = policies.find(isOf(repository));
    if (policy) {
      return { policy, updater, problems };
    }
  }
  const annotated = policiesOf(
    subject,
    {
      applicationRefs: [
        { namePattern: application.ref.name, useAnnotations: true },
      ],
    },
    application.ref.namespace,
  );
  const policy = annotated.policies.find(isOf(repository));
  return policy ? { policy, problems: annotated.problems } : { problems: [] };
}

/**
 * Image repositories (with registry host) that ImageUpdater resources name for
 * an application by themselves, whether it runs them or not. What annotations
 * name is `repositoriesOf`'s to say.
 *
 * @public
 */
export function updaterRepositories(
  application: Application,
  updaters: readonly ImageUpdaterResource[],
): string[] {
  const listing = updaters.filter(listsImages);
  if (listing.length === 0) {
    return [];
  }
  const subject = toUpdaterApplication(application);
  const policies = listing.flatMap(
    ({ spec, namespace }) => policiesOf(subject, spec, namespace).policies,
  );
  return [
    ...new Set(policies.flatMap(policy => policyRepository(policy) ?? [])),
  ].sort();
}

/**
 * Whether an ImageUpdater resource lists images by itself, and doesn't only
 * enable annotations.
 *
 * @public
 */
export function listsImages({ spec }: ImageUpdaterResource): boolean {
  return (spec.applicationRefs ?? []).some(({ images }) => images?.length);
}

/**
 * All image repositories (with registry host) that stand in ImageUpdater
 * resources, for whichever applications.
 *
 * @public
 */
export function listedRepositories(
  updaters: readonly ImageUpdaterResource[],
): string[] {
  const names = updaters.flatMap(({ spec }) =>
    (spec.applicationRefs ?? []).flatMap(({ images }) =>
      (images ?? []).map(({ imageName }) => imageName),
    ),
  );
  return [
    ...new Set(
      names.flatMap(
        name => policyRepository({ image: parseContainerImage(name) }) ?? [],
      ),
    ),
  ].sort();
}

function policiesOf(
  application: UpdaterApplication,
  spec: ImageUpdaterSpec,
  namespace: string,
): { policies: ImagePolicy[]; problems: PolicyProblem[] } {
  const problems: PolicyProblem[] = [];
  try {
    const matched = matchApplications({
      spec,
      namespace,
      controllerNamespace: namespace,
      applications: [application],
      report: problem => problems.push(problem),
    });
    return { policies: matched.flatMap(({ images }) => images), problems };
  } catch (error) {
    if (!(error instanceof PolicyError)) {
      throw error;
    }
    // The whole resource does nothing.
    return { policies: [], problems };
  }
}

function isOf(repository: string): (policy: ImagePolicy) => boolean {
  return policy => policyRepository(policy) === repository;
}

import type { Application } from '../model/application';
import {
  matchApplications,
  type ImagePolicy,
  type ImageUpdaterSpec,
  PolicyError,
  policyRepository,
  type PolicyProblem,
  toUpdaterApplication,
  type UpdaterApplication,
} from '../policy';
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

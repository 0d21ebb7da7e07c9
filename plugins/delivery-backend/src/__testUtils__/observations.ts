import type {
  Application,
  ApplicationObserved,
  Observation,
} from '@landfall/backstage-plugin-delivery-common';
import { type RawApplication, readPromotion } from './recordings';
import { ReplayedArgoCd } from './ReplayedArgoCd';

/** Applications as the client decodes them from Argo CD's answers. @internal */
export async function decode(
  applications: RawApplication[],
): Promise<Application[]> {
  const argocd = await ReplayedArgoCd.start();
  const client = argocd.createClient();
  try {
    const decoded: Application[] = [];
    for (const application of applications) {
      argocd.put(application);
      const list = await client.listApplications();
      const { name } = application.metadata;
      decoded.push(...list.applications.filter(({ ref }) => ref.name === name));
    }
    return decoded;
  } finally {
    await argocd.stop();
  }
}

/** The observations of a recorded promotion, in the recorded order. @internal */
export async function observationsOf(
  promotion: string,
): Promise<Observation[]> {
  const steps = readPromotion(promotion);
  const applications = await decode(
    steps.flatMap(step =>
      step.kind === 'app-event' ? [step.application] : [],
    ),
  );
  const repoUrl = applications[0].sources[0].repoUrl;
  return steps.flatMap((step): Observation[] => {
    if (step.kind === 'app-event') {
      const application = applications.shift();
      if (!application) {
        throw new Error('An application of the recording could not be decoded');
      }
      return [{ kind: 'application-observed', application, seenAt: step.at }];
    }
    if (step.kind === 'push') {
      return [
        {
          kind: 'image-pushed',
          repository: `${step.registry}/${step.repository}`,
          digest: step.digest,
          tags: [step.tag],
          pushedAt: step.at,
          seenAt: step.at,
        },
      ];
    }
    if (step.kind === 'revision-metadata') {
      const revision = /revisions\/([0-9a-f]+)\//.exec(step.request.path);
      return [
        {
          kind: 'revision-resolved',
          repoUrl,
          revision: revision?.[1] ?? '',
          ...step.response.body,
          seenAt: step.at,
        },
      ];
    }
    return [];
  });
}

/** The first observation of a recorded promotion, which is of its application. @internal */
export async function firstObservation(
  promotion: string,
): Promise<ApplicationObserved> {
  const [first] = await observationsOf(promotion);
  if (first.kind !== 'application-observed') {
    throw new Error('The recording begins with something else');
  }
  return first;
}

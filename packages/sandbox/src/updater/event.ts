import {
  fullImageName,
  tagText,
} from '@landfall/backstage-plugin-delivery-common';
import type { Application } from './kubernetes/schemas';
import { kubernetesTime } from './status';
import type { ImageChange } from './update/planUpdate';

/** The Kubernetes Event for an Application with written images. */
export function imagesUpdatedEvent(
  { metadata }: Application,
  changes: readonly ImageChange[],
  now: Date,
): object {
  const { name, namespace, uid, resourceVersion } = metadata;
  const time = kubernetesTime(now);
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      // The name as Kubernetes's own recorder builds it, with the time in
      // nanoseconds.
      name: `${name}.${(BigInt(now.getTime()) * 1_000_000n).toString(16)}`,
      namespace,
      annotations: Object.fromEntries(
        changes.flatMap(({ image, oldTag, newTag }, at) => {
          const prefix = `argocd-image-updater.image-${at}`;
          return [
            [`${prefix}/full-image-name`, fullImageName(image)],
            [`${prefix}/image-name`, image.name],
            [`${prefix}/old-tag`, tagText(oldTag)],
            [`${prefix}/new-tag`, tagText(newTag)],
          ];
        }),
      ),
    },
    involvedObject: {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      name,
      namespace,
      uid,
      resourceVersion,
    },
    reason: 'ImagesUpdated',
    message: `Successfully updated application '${name}'`,
    source: { component: 'ArgocdImageUpdater' },
    type: 'Normal',
    count: 1,
    firstTimestamp: time,
    lastTimestamp: time,
    eventTime: null,
    reportingComponent: '',
    reportingInstance: '',
  };
}

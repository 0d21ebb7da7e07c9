import type { LintedApplication, LintedUpdater } from '../types';
import type {
  ImageConfig,
  ImageUpdaterSpec,
  UpdaterApplicationRef,
} from '../../settings/types';

export const PREFIX = 'argocd-image-updater.argoproj.io/';

export const GIT = 'https://git.example.com/org/deploy.git';

/** An Application named `api` with annotations, given without their prefix. */
export function applicationWith(
  settings: Record<string, string> = {},
  {
    spec,
    status,
    metadata,
    images,
  }: Partial<
    Omit<LintedApplication, 'metadata'> & {
      metadata: Partial<LintedApplication['metadata']>;
    }
  > = {},
): LintedApplication {
  return {
    metadata: {
      name: 'api',
      namespace: 'argocd',
      annotations: Object.fromEntries(
        Object.entries(settings).map(([key, value]) => [
          `${PREFIX}${key}`,
          value,
        ]),
      ),
      ...metadata,
    },
    spec: spec ?? {
      source: {
        repoURL: GIT,
        path: 'apps/api',
        targetRevision: 'main',
        helm: {},
      },
    },
    status: status ?? {},
    ...(images && { images }),
  };
}

/** An ImageUpdater in the namespace `argocd`. */
export function updaterWith(
  spec: ImageUpdaterSpec,
  others: Partial<LintedUpdater> = {},
): LintedUpdater {
  return { namespace: 'argocd', name: 'all', spec, ...others };
}

/** An ImageUpdater that reads the annotations of every application. */
export const ENABLING = updaterWith({
  applicationRefs: [{ namePattern: '*', useAnnotations: true }],
});

/** An ImageUpdater with settings of its own for `api`. */
export function updaterFor(
  image: Partial<ImageConfig>,
  ref: Partial<UpdaterApplicationRef> = {},
  spec: Partial<ImageUpdaterSpec> = {},
): LintedUpdater {
  return updaterWith({
    applicationRefs: [
      {
        namePattern: 'api',
        images: [{ alias: 'app', imageName: 'shop/api:~1.4', ...image }],
        ...ref,
      },
    ],
    ...spec,
  });
}

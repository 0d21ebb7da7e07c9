import { PolicyError } from './problem';
import {
  imagesFromAnnotations,
  settingsFromAnnotations,
} from './settings/annotations';
import {
  type ImagePolicy,
  imagePolicies,
  policyRepository,
} from './settings/images';
import type { ImageConfig, UpdateSettings } from './settings/types';
import type { StrategyName } from './strategies/UpdateStrategy';

/** Prefix of the Argo CD Image Updater's annotations on an Application. */
export const UPDATER_ANNOTATION_PREFIX = 'argocd-image-updater.argoproj.io/';

/**
 * One entry of the annotation `image-list`, with the settings that apply to it.
 *
 * @public
 */
export interface UpdaterImage {
  alias?: string;
  /** With registry host. */
  repository: string;
  constraint?: string;
  strategy: StrategyName | 'unknown';
  allowTags?: string;
  /** Globs, separated by commas. */
  ignoreTags?: string;
  /** Names of the Helm parameters as annotated; the updater's own are `image.name` and `image.tag`. */
  helm: { name?: string; tag?: string; spec?: string };
}

/** The reducer asks again and again for those of one observation. */
const READ = new WeakMap<Record<string, string>, readonly UpdaterImage[]>();

/**
 * The images that the Image Updater's annotations name, as the policy reads
 * them; none where it can't use the annotations. Entries that are no image are
 * left out. Annotations aren't to be changed once they were read.
 *
 * @public
 */
export function updaterImages(
  annotations: Record<string, string>,
): readonly UpdaterImage[] {
  const known = READ.get(annotations);
  if (known) {
    return known;
  }
  const images = readUpdaterImages(annotations);
  READ.set(annotations, images);
  return images;
}

function readUpdaterImages(
  annotations: Record<string, string>,
): UpdaterImage[] {
  const application = { metadata: { name: '', namespace: '', annotations } };
  let images: ImageConfig[];
  let settings: UpdateSettings;
  try {
    images = imagesFromAnnotations(application);
    settings = settingsFromAnnotations(application);
  } catch (error) {
    if (error instanceof PolicyError) {
      return [];
    }
    throw error;
  }
  return images.flatMap(config => {
    let isKnown = true;
    const report = ({ code }: { code: string }) => {
      isKnown &&= code !== 'strategy-unknown';
    };
    return imagePolicies([config], settings, { report }).flatMap(policy =>
      updaterImage(policy, isKnown),
    );
  });
}

function updaterImage(policy: ImagePolicy, isKnown: boolean): UpdaterImage[] {
  const { image, strategy, allowTags, ignoreTags, helm } = policy;
  const repository = policyRepository(policy);
  return repository === undefined
    ? []
    : [
        {
          alias: image.alias || undefined,
          repository,
          constraint: image.tag?.name || undefined,
          strategy: isKnown ? strategy : 'unknown',
          allowTags: allowTags || undefined,
          ignoreTags: ignoreTags.join(',') || undefined,
          helm: {
            name: helm.name || undefined,
            tag: helm.tag || undefined,
            spec: helm.spec || undefined,
          },
        },
      ];
}

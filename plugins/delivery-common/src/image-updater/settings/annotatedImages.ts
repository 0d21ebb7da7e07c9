import { PolicyError } from '../problem';
import { imagesFromAnnotations, settingsFromAnnotations } from './annotations';
import { type ImagePolicy, imagePolicies, policyRepository } from './images';

/**
 * An entry of the annotation `image-list`, with the settings that apply to it.
 */
export interface AnnotatedImage extends ImagePolicy {
  /** With registry host. */
  repository: string;
}

/**
 * A cache, because the reducer reads the annotations of one observation again
 * and again.
 */
const READ = new WeakMap<Record<string, string>, readonly AnnotatedImage[]>();

/**
 * The images that an application's annotations reference, whether an
 * ImageUpdater enables them or not. Empty if the annotations can't be used;
 * entries that aren't images are left out. Don't change the annotations object
 * after the first call, because results are cached by it.
 */
export function annotatedImages(
  annotations: Record<string, string>,
): readonly AnnotatedImage[] {
  const known = READ.get(annotations);
  if (known) {
    return known;
  }
  const images = readImages(annotations);
  READ.set(annotations, images);
  return images;
}

function readImages(annotations: Record<string, string>): AnnotatedImage[] {
  const application = { metadata: { name: '', namespace: '', annotations } };
  try {
    return imagePolicies(
      imagesFromAnnotations(application),
      settingsFromAnnotations(application),
      { report: () => {} },
    ).flatMap(policy => {
      const repository = policyRepository(policy);
      return repository === undefined ? [] : [{ ...policy, repository }];
    });
  } catch (error) {
    if (error instanceof PolicyError) {
      return [];
    }
    throw error;
  }
}

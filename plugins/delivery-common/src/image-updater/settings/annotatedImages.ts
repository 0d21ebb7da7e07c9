import { PolicyError } from '../problem';
import { imagesFromAnnotations, settingsFromAnnotations } from './annotations';
import { type ImagePolicy, imagePolicies, policyRepository } from './images';

/** An entry of the annotation `image-list`, with the settings that apply to it. */
export interface AnnotatedImage extends ImagePolicy {
  /** With registry host. */
  repository: string;
}

/** The reducer asks again and again for those of one observation. */
const READ = new WeakMap<Record<string, string>, readonly AnnotatedImage[]>();

/**
 * The images that an application's annotations name, whether an ImageUpdater
 * enables them or not; none where they can't be used. Entries that are no image
 * are left out. Annotations aren't to be changed once they were read.
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

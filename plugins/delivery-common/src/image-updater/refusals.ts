import { parseImageReference } from '../images';
import type { PolicyProblem } from './problem';
import { liveImageOf, liveImages } from './select/live';
import { namedRepository, policyRepository } from './settings/images';
import type { ImagePolicy } from './settings/images';
import { pullSecretProblem } from './settings/pullSecret';
import type { UpdatedApplication } from './types';
import { gitSecretProblem } from './writeBack/credentials';
import type { WriteBack } from './writeBack/types';

/**
 * Why the updater doesn't update an image although its policy is valid: it
 * refuses the credentials, or doesn't find the image among those that run.
 * Undefined if no such reason is known.
 */
export function refusalOfEntry(
  { ref, images }: UpdatedApplication,
  policy: ImagePolicy,
  writeBack: WriteBack,
): PolicyProblem | undefined {
  return (
    nameMismatch(images ?? [], policy) ??
    pullSecretProblem(policy.pullSecret, ref.namespace) ??
    gitSecretProblem(writeBack, ref.namespace)
  );
}

/**
 * The updater compares registry and name as they are written, so it doesn't
 * find `docker.io/nginx` if `nginx` runs.
 */
function nameMismatch(
  images: readonly string[],
  policy: ImagePolicy,
): PolicyProblem | undefined {
  if (liveImageOf(liveImages(images, [policy]), policy)) {
    return undefined;
  }
  const repository = policyRepository(policy);
  const running = images.find(
    text => parseImageReference(text)?.repository === repository,
  );
  return running === undefined ? undefined : notLive(policy, running);
}

/**
 * The problem of an entry that names a repository from whose name the updater
 * removes `library/`, so that it reads another one. Undefined for others.
 */
export function libraryProblem(policy: ImagePolicy): PolicyProblem | undefined {
  const named = namedRepository(policy);
  const read = policyRepository(policy);
  return named === read || named === undefined || read === undefined
    ? undefined
    : {
        code: 'image-name-library',
        message: `the image ${named} is read from ${read}`,
        advice: { code: 'advice.image-name-library', parameters: {} },
      };
}

function notLive(policy: ImagePolicy, running: string): PolicyProblem {
  const { name, registry } = policy.image;
  const message = `Image '${name}' seems not to be live in this application, skipping`;
  return name.startsWith('library/') && !isDockerHub(registry)
    ? {
        code: 'image-name-library',
        message,
        advice: { code: 'advice.image-name-library', parameters: {} },
      }
    : {
        code: 'image-name-differs',
        message,
        advice: { code: 'advice.image-name-differs', parameters: { running } },
      };
}

function isDockerHub(registry: string): boolean {
  return registry === '' || registry === 'docker.io';
}

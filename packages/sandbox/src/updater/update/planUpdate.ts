import {
  type ContainerImage,
  type ContainerImageTag,
  type ImagePolicy,
  type PolicyProblemCode,
  compilePolicy,
  fullImageReference,
  liveImageOf,
  liveImages,
  needsUpdate,
  pullSecretProblem,
  selectTag,
  strategyOf,
  withImageTag,
} from '@landfall/backstage-plugin-delivery-common';
import { messageOf } from '../../errors';
import type { Application, ManagedApplication } from '../kubernetes/schemas';
import { readCandidates } from '../registry/candidates';
import type { RegistryReader } from '../registry/RegistryReader';
import { imageInSpec, setImage } from './appImage';

/**
 * Problems that the updater warns about every time it reads an image's
 * settings.
 */
const WARNED: readonly PolicyProblemCode[] = [
  'allow-tags-malformed',
  'allow-tags-unknown-function',
  'allow-tags-invalid-expression',
  'platform-malformed',
];

/** An image that gets another tag. */
export interface ImageChange {
  /** The image with the new tag. */
  image: ContainerImage;
  /** The live tag, regardless of the file. */
  oldTag: ContainerImageTag;
  newTag: ContainerImageTag;
}

/** The result of a cycle for one Application. */
export interface UpdatePlan {
  /** The Application with all its images set, which is what gets written. */
  application: Application;
  /** The images with a new tag. */
  changes: ImageChange[];
  considered: number;
  skipped: number;
  errors: number;
}

/** Receives what a plan has to report. */
interface PlanLog {
  warn(message: string): void;
  error(message: string): void;
}

/** The registry of an image; rejects if there is none. */
export type ReaderFor = (image: ContainerImage) => Promise<RegistryReader>;

/**
 * Determines the tag that the policy chooses for each image of an Application.
 * A tag that differs from the live one is a change, even if it is older. Images
 * that aren't live are skipped.
 */
export async function planUpdate(
  matched: ManagedApplication,
  readerFor: ReaderFor,
  log: PlanLog,
): Promise<UpdatePlan> {
  const plan: UpdatePlan = {
    application: structuredClone(matched.application),
    changes: [],
    considered: 0,
    skipped: 0,
    errors: 0,
  };
  const { application, images } = matched;
  const live = liveImages(application.status.summary?.images ?? [], images);
  for (const updatable of matched.images) {
    const current = liveImageOf(live, updatable);
    if (!current) {
      plan.skipped += 1;
      continue;
    }
    plan.considered += 1;
    const selection = await select(updatable, current, {
      namespace: application.metadata.namespace,
      readerFor,
      log,
    });
    if (!selection) {
      plan.errors += 1;
    } else if (!selection.version) {
      plan.skipped += 1;
    } else {
      const { tag, digest = '' } = selection.version;
      apply(plan, matched, {
        updatable,
        live: liveImageOf(live, updatable, digest) ?? current,
        chosen: { name: tag, digest },
        log,
      });
    }
  }
  return plan;
}

async function select(
  updatable: ImagePolicy,
  live: ContainerImage,
  options: {
    namespace: string;
    readerFor: ReaderFor;
    log: PlanLog;
  },
): Promise<ReturnType<typeof selectTag> | undefined> {
  const { namespace, readerFor, log } = options;
  const { image, pullSecret } = updatable;
  const policy = compilePolicy(updatable);
  policy.problems
    .filter(({ code }) => WARNED.includes(code))
    .forEach(({ message }) => log.warn(message));
  const refused = pullSecretProblem(pullSecret, namespace);
  if (refused) {
    log.error(refused.message);
    return undefined;
  }
  if (policy.unusable?.code === 'image-name-invalid') {
    log.error(policy.unusable.message);
    return undefined;
  }
  let candidates;
  try {
    candidates = await readCandidates({
      reader: await readerFor(image),
      policy,
      onError: message => log.error(message),
    });
  } catch (error) {
    log.error(`Could not get tags from registry: ${messageOf(error)}`);
    return undefined;
  }
  try {
    const selection = selectTag(policy, candidates, live);
    if (!selection.version) {
      log.warn(selection.warning);
    }
    return selection;
  } catch (error) {
    log.error(
      `invalid constraint '${policy.constraint}' given: '${messageOf(error)}'`,
    );
    return undefined;
  }
}

function apply(
  plan: UpdatePlan,
  { writeBack }: ManagedApplication,
  found: {
    updatable: ImagePolicy;
    live: ContainerImage;
    chosen: ContainerImageTag;
    log: PlanLog;
  },
): void {
  const { updatable, live, chosen, log } = found;
  const { application } = plan;
  const oldTag = live.tag ?? { name: '', digest: '' };
  const isChange = needsUpdate(updatable, live, chosen);
  const image = withImageTag(
    updatable.image,
    isChange ? chosen : keptTag(updatable, oldTag),
  );
  if (isChange) {
    let inSpec: string;
    try {
      inSpec = imageInSpec(application, writeBack, updatable);
    } catch {
      // The real updater ignores this silently too.
      return;
    }
    if (inSpec === fullImageReference(image)) {
      return;
    }
  }
  try {
    // Also set unchanged images, because a file contains all of them.
    setImage(application, writeBack, updatable, image);
  } catch (error) {
    log.error(`Error while trying to update image: ${messageOf(error)}`);
    plan.errors += 1;
    return;
  }
  if (isChange) {
    plan.changes.push({ image, oldTag, newTag: chosen });
  }
}

/**
 * If an image runs by its digest only, keeps the followed tag, which would be
 * lost otherwise.
 */
function keptTag(
  policy: ImagePolicy,
  live: ContainerImageTag,
): ContainerImageTag {
  return strategyOf(policy).followsDigest && live.name === ''
    ? { name: policy.image.tag?.name ?? '', digest: live.digest }
    : live;
}

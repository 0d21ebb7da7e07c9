import {
  type ReportProblem,
  type ContainerImage,
  type ContainerImageTag,
  type ImagePolicy,
  type Selection,
  type TagPolicy,
  findImage,
  fullImageName,
  fullImageReference,
  isRepositoryName,
  parseAllowTags,
  parseContainerImage,
  parsePlatforms,
  sameImageTag,
  selectTag,
  withImageTag,
} from '@landfall/backstage-plugin-delivery-common';
import type { ManagedApplication } from '../managed';
import { messageOf } from '../errors';
import type { Application } from '../kubernetes/schemas';
import { readCandidates } from '../registry/candidates';
import type { RegistryReader } from '../registry/RegistryReader';
import { imageInSpec, setImage } from './appImage';

/** An image that is to get another tag. */
export interface ImageChange {
  /** With the new tag. */
  image: ContainerImage;
  /** What runs now, whatever the file says. */
  oldTag: ContainerImageTag;
  newTag: ContainerImageTag;
}

/** What a cycle found for one Application. */
export interface UpdatePlan {
  /** The Application with all its images set; what is to be written. */
  application: Application;
  /** Its images with the tag that is then wanted, by which files are written. */
  changes: ImageChange[];
  considered: number;
  skipped: number;
  errors: number;
}

/** Where a plan says what it met. */
export interface PlanLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/**
 * Looks for each image of an Application which tag its policy chooses. One that
 * differs from the live tag is a change, be it older; images that aren't live
 * are skipped.
 *
 * @param readerFor - the registry of an image; may throw when there is none
 */
export async function planUpdate(
  matched: ManagedApplication,
  readerFor: (image: ContainerImage) => Promise<RegistryReader>,
  log: PlanLog,
): Promise<UpdatePlan> {
  const plan: UpdatePlan = {
    application: structuredClone(matched.application),
    changes: [],
    considered: 0,
    skipped: 0,
    errors: 0,
  };
  const live = liveImages(matched);
  for (const updatable of matched.images) {
    const current = findImage(live, updatable.image);
    if (!current) {
      plan.skipped += 1;
      continue;
    }
    plan.considered += 1;
    const selection = await select(updatable, matched, readerFor, log);
    if (!selection) {
      plan.errors += 1;
    } else if (!selection.tag) {
      plan.skipped += 1;
    } else {
      const { name, digest } = selection.tag;
      apply(plan, matched, {
        updatable,
        live:
          updatable.strategy === 'digest'
            ? liveOfDigest(live, updatable.image, digest) ?? current
            : current,
        chosen: { name, digest },
        log,
      });
    }
  }
  return plan;
}

/** What runs, and what is to be updated although it doesn't (`force-update`). */
export function liveImages({
  application,
  images,
}: Pick<ManagedApplication, 'application' | 'images'>): ContainerImage[] {
  const live = (application.status.summary?.images ?? []).map(
    parseContainerImage,
  );
  for (const { image, forceUpdate } of images) {
    if (forceUpdate && !findImage(live, image)) {
      live.push(withImageTag(image));
    }
  }
  return live;
}

async function select(
  updatable: ImagePolicy,
  { application }: ManagedApplication,
  readerFor: (image: ContainerImage) => Promise<RegistryReader>,
  log: PlanLog,
): Promise<Selection | undefined> {
  const { image, strategy } = updatable;
  const report: ReportProblem = ({ message }) => log.warn(message);
  const policy: TagPolicy = {
    strategy,
    constraint: image.tag?.name ?? '',
    allows: parseAllowTags(updatable.allowTags, report),
    ignore: updatable.ignoreTags,
  };
  const platforms = parsePlatforms(updatable.platforms, report);
  const foreign = foreignSecret(
    updatable.pullSecret,
    application.metadata.namespace,
  );
  if (foreign !== undefined) {
    log.error(
      `commonUpdateSettings.pullSecret namespace '${foreign}' differs from app namespace '${application.metadata.namespace}'`,
    );
    return undefined;
  }
  if (!isRepositoryName(image.name)) {
    log.error(
      `Failed to create repository for image '${image.name}': invalid reference format`,
    );
    return undefined;
  }
  let candidates;
  try {
    candidates = await readCandidates({
      original: image.original,
      repository: image.name,
      reader: await readerFor(image),
      policy,
      platforms,
      onError: message => log.error(message),
    });
  } catch (error) {
    log.error(`Could not get tags from registry: ${messageOf(error)}`);
    return undefined;
  }
  try {
    const selection = selectTag(fullImageName(image), candidates, policy);
    if (!selection.tag) {
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
  const isChange = needsUpdate(updatable, live, oldTag, chosen);
  const image = withImageTag(
    updatable.image,
    isChange ? chosen : keptTag(updatable, oldTag),
  );
  if (isChange) {
    let inSpec: string;
    try {
      inSpec = imageInSpec(application, writeBack, updatable);
    } catch {
      // The updater passes over it in silence too.
      return;
    }
    if (inSpec === fullImageReference(image)) {
      log.info(`New image ${inSpec} already set in spec`);
      return;
    }
  }
  try {
    // Images that stay as they are, too: a file has all of them.
    setImage(application, writeBack, updatable, image);
  } catch (error) {
    log.error(`Error while trying to update image: ${messageOf(error)}`);
    plan.errors += 1;
    return;
  }
  if (isChange) {
    log.info(`Setting new image to ${fullImageReference(image)}`);
    plan.changes.push({ image, oldTag, newTag: chosen });
  }
}

function needsUpdate(
  { image, strategy }: ImagePolicy,
  live: ContainerImage,
  oldTag: ContainerImageTag,
  chosen: ContainerImageTag,
): boolean {
  if (strategy === 'digest' && oldTag.digest !== chosen.digest) {
    return true;
  }
  return (
    !sameImageTag(oldTag, chosen) ||
    (image.kustomizeImage !== undefined &&
      (image.registry !== live.registry || image.name !== live.name))
  );
}

/** Of an image that runs by its digest alone, the tag that is followed must not get lost. */
function keptTag(
  { image, strategy }: ImagePolicy,
  live: ContainerImageTag,
): ContainerImageTag {
  return strategy === 'digest' && live.name === ''
    ? { name: image.tag?.name ?? '', digest: live.digest }
    : live;
}

/** Of several containers of one image, the one with the followed tag, and of those one that is behind. */
function liveOfDigest(
  live: readonly ContainerImage[],
  image: ContainerImage,
  digest: string,
): ContainerImage | undefined {
  const same = live.filter(
    ({ registry, name }) => registry === image.registry && name === image.name,
  );
  const isBehind = ({ tag }: ContainerImage) =>
    tag !== undefined && tag.digest !== '' && tag.digest !== digest;
  const followed = image.tag?.name
    ? same.filter(({ tag }) => tag?.name === image.tag?.name)
    : [];
  return followed.find(isBehind) ?? followed.at(0) ?? same.find(isBehind);
}

/** The namespace of a pull secret, if it isn't the Application's. */
function foreignSecret(secret: string, namespace: string): string | undefined {
  const match = /^(?:pullsecret|secret):([^/]*)\//.exec(secret);
  return match && match[1] !== namespace ? match[1] : undefined;
}

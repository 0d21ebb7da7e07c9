import {
  type Application,
  type KnownCommits,
  type KnownRevision,
  type Observation,
  parseImageReference,
  type Promotion,
  type ReducerMemory,
} from '@landfall/backstage-plugin-delivery-common';
import type { ReferencedVersion } from '../store/operations/imageTags';
import { isKeyText, MAX_BYTES } from '../store/text';

/**
 * Where an application's state mentions versions of images.
 *
 * @internal
 */
export interface ReferencingState {
  /** The stored application, and the observed ones. */
  applications: readonly Application[];
  memory?: ReducerMemory;
  promotions: readonly Promotion[];
  observations: readonly Observation[];
  revisions: readonly KnownRevision[];
  commits: readonly KnownCommits[];
  /** The application's image repositories. */
  repositories: readonly string[];
}

/**
 * Every version that the promotion rules may look up among the images of an
 * application, besides the latest pushes. Rather too many than too few: a text
 * that may be a tag counts for each of the repositories.
 *
 * @internal
 */
export function referencedVersions(
  state: ReferencingState,
): ReferencedVersion[] {
  const { repositories } = state;
  const named = [
    ...imagesOf(state).flatMap(text => parseImageReference(text) ?? []),
    ...versionsInMemory(state.memory),
    ...state.promotions.flatMap(({ repository, version, previous }) =>
      [version, previous].flatMap(one => (one ? { repository, ...one } : [])),
    ),
  ].filter(({ repository }) => repositories.includes(repository));
  const tags = [...parametersOf(state), ...quotedIn(state)];
  const all = [
    ...named,
    ...repositories.flatMap(repository =>
      tags.map(tag => ({ repository, tag })),
    ),
  ];
  return [
    ...new Map(
      all.flatMap(searchable).map(one => [JSON.stringify(one), one]),
    ).values(),
  ];
}

/**
 * The observed images themselves, since the reducer merges what it observes with
 * what is known.
 *
 * @internal
 */
export function observedVersions(
  observations: readonly Observation[],
): ReferencedVersion[] {
  return observations.flatMap(observation =>
    observation.kind === 'image-pushed' || observation.kind === 'image-removed'
      ? [{ repository: observation.repository, digest: observation.digest }]
      : [],
  );
}

function imagesOf({
  applications,
  memory,
  observations,
}: ReferencingState): string[] {
  return [
    ...applications.flatMap(({ images, operation, sources, history }) => [
      ...images,
      ...(operation?.images ?? []),
      ...[sources, ...history.map(entry => entry.sources)].flatMap(all =>
        all.flatMap(({ kustomizeImages = [], helmParameters = [] }) => [
          ...kustomizeImages.map(image => image.slice(image.indexOf('=') + 1)),
          ...helmParameters.map(({ value }) => value),
        ]),
      ),
    ]),
    ...(memory?.desired?.images ?? []),
    ...observations.flatMap(observation =>
      observation.kind === 'desired-images-observed' ? observation.images : [],
    ),
  ];
}

function versionsInMemory(
  memory: ReducerMemory | undefined,
): ReferencedVersion[] {
  if (!memory) {
    return [];
  }
  const { versions, runs, repositories } = memory;
  return [
    ...[...versions, ...runs].map(({ repository, version }) => ({
      repository,
      ...version,
    })),
    ...Object.entries(repositories).flatMap(
      ([repository, { target, live, applied, leftover = [] }]) =>
        [target?.version, live?.version, ...applied, ...leftover].flatMap(
          version => (version ? [{ repository, ...version }] : []),
        ),
    ),
  ];
}

/** A parameter may be the tag of any image. */
function parametersOf({ applications }: ReferencingState): string[] {
  return applications.flatMap(({ sources, history }) =>
    [sources, ...history.map(entry => entry.sources)].flatMap(all =>
      all.flatMap(({ helmParameters = [] }) =>
        helmParameters.map(({ value }) => value),
      ),
    ),
  );
}

/** Image Updater quotes the tags in the messages of its commits. */
function quotedIn({ revisions, commits, observations }: ReferencingState) {
  const messages = [
    ...revisions,
    ...commits.flatMap(range => range.commits),
    ...observations.flatMap((observation): { message: string }[] => {
      switch (observation.kind) {
        case 'revision-resolved':
          return [observation];
        case 'commits-resolved':
          return [...observation.commits];
        default:
          return [];
      }
    }),
  ];
  return messages.flatMap(({ message }) =>
    message.includes('updates image ')
      ? [...message.matchAll(/'([^'\s]{1,300})'/g)].map(([, tag]) => tag)
      : [],
  );
}

/** A tag in a reference may be followed by a digest, as in `1.0.0@sha256:…`. */
function searchable({
  repository,
  tag,
  digest,
}: ReferencedVersion): ReferencedVersion[] {
  const [name, digestOfTag] = (tag ?? '').split('@');
  const versions = [
    { repository, tag: name },
    { repository, digest: digest ?? digestOfTag },
  ];
  return versions.filter(
    ({ tag: one, digest: other }) =>
      (one && isKeyText(one, MAX_BYTES.tag)) ||
      (other && isKeyText(other, MAX_BYTES.digest)),
  );
}

import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
  parseLocationRef,
} from '@backstage/catalog-model';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import {
  type ImageSource,
  repositoryOfPage,
} from '@landfall/backstage-plugin-delivery-node';
import type { UnknownCommits } from './versionCommits';

const COMMIT_ID = /^[0-9a-f]{7,64}$/;
/** As Docker's metadata action writes it. */
const TAG_OF_COMMIT = /^(?:sha-)?([0-9a-f]{7,64})$/;

/**
 * The repository that a service is built from.
 *
 * Anybody can write another repository's URL into an entity as its source, and would
 * read that repository's commits with the portal's credentials. So it only counts if
 * the catalog read the entity from that repository, which the catalog itself notes.
 *
 * @internal
 * @returns its clone URL, undefined if it isn't certain
 */
export function ownRepository(
  entity: Entity,
  integrations: ScmIntegrationRegistry,
): string | undefined {
  const [readFrom, source] = [
    ANNOTATION_LOCATION,
    ANNOTATION_SOURCE_LOCATION,
  ].map(name => {
    const url = urlOf(entity.metadata.annotations?.[name]);
    return url && repositoryOfPage(url, integrations);
  });
  return readFrom !== undefined && isSameRepository(source, readFrom)
    ? readFrom
    : undefined;
}

/**
 * The commit that a version was built from: by what its image says, else by a tag that
 * is the id of a commit.
 *
 * @internal
 */
export function sourceRevision(
  tag: string,
  source: ImageSource | undefined,
  repoUrl: string,
): { revision: string } | UnknownCommits {
  if (source?.url !== undefined && !isSameRepository(source.url, repoUrl)) {
    return { kind: 'unknown', reason: 'other-repository', tag };
  }
  const revision = source?.revision?.toLowerCase() ?? '';
  if (COMMIT_ID.test(revision)) {
    return { revision };
  }
  const [, id = ''] = TAG_OF_COMMIT.exec(tag) ?? [];
  // Digits alone are a number or a date.
  return /[a-f]/.test(id) && /\d/.test(id)
    ? { revision: id }
    : { kind: 'unknown', reason: 'no-revision', tag };
}

function urlOf(location: string | undefined): string | undefined {
  try {
    const { type, target } = parseLocationRef(location ?? '');
    return type === 'url' ? target : undefined;
  } catch {
    return undefined;
  }
}

function isSameRepository(a: string | undefined, b: string): boolean {
  return a !== undefined && comparable(a) === comparable(b);
}

function comparable(repoUrl: string): string {
  return repoUrl
    .replace(/^\w+:\/\/(?:[^/@]*@)?/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .replace('/scm/', '/')
    .toLowerCase();
}

import type {
  Application,
  ApplicationHistoryEntry,
} from '../../model/application';
import type {
  ImageVersion,
  Promotion,
  PromotionCommit,
} from '../../model/promotion';
import { changeOf, knownRevision } from '../versionEvidence';
import { commitOf } from '../derive/completeRollouts';
import type { Draft } from '../PromotionDraft';
import { deploymentKey, parameterVersions } from '../applicationVersions';

/**
 * The version that an entry of the history deployed.
 *
 * @internal
 */
export interface DeployedVersion {
  version: ImageVersion;
  /** The promotion that the entry's sync is noted in. */
  promotion?: Promotion;
  /** The commit that brought it, as it says itself. */
  commit?: PromotionCommit;
  /** What that commit says was before. */
  from?: ImageVersion;
  /** The entry deploys again what an earlier one did, with something else between them. */
  rollback?: boolean;
}

/**
 * Which versions of a repository the entries of the history deployed, by the
 * entries' ids, as far as it is known: from promotions, from what the latest
 * sync applied, from parameters, from the messages of their very commits, and
 * from others that were made from the same.
 *
 * @internal
 */
export function deployedVersions(
  draft: Draft,
  application: Application,
  repository: string,
  entries: ApplicationHistoryEntry[],
): Map<number, DeployedVersion> {
  const versions = new Map<number, DeployedVersion>();
  const promotions = draft.promotionsOf(repository);
  const { target } = draft.repository(repository);
  entries.forEach((entry, index) => {
    const promotion = promotions.find(candidate => isOf(candidate, entry));
    const isLast = index === entries.length - 1;
    const version = promotion
      ? draft.written(promotion)
      : (isLast && target?.version) || undefined;
    const found = version
      ? { version, ...(promotion && { promotion }) }
      : byParameters(application, repository, entry) ??
        deployedByCommit(draft, repository, entry);
    if (found) {
      versions.set(entry.id, found);
    }
  });
  const keys = entries.map(deploymentKey);
  const headKey = deploymentKey({
    revisions: application.sync.revisions,
    sources: application.sources,
  });
  entries.forEach((entry, index) => {
    const others = entries.filter(
      (other, at) => other !== entry && keys[at] === keys[index],
    );
    const same = others.find(other => versions.has(other.id));
    const known = versions.get(entry.id) ?? (same && versions.get(same.id));
    const isHead = index === entries.length - 1 && keys[index] === headKey;
    const isBack =
      !isHead &&
      others.some(other => other.id < entry.id) &&
      index > 0 &&
      keys[index - 1] !== keys[index];
    if (known) {
      const { version, promotion, commit, from } = known;
      const own = versions.has(entry.id);
      versions.set(entry.id, {
        version,
        ...(own && promotion && { promotion }),
        // What was put back was neither pushed nor committed for it.
        ...(own && !isBack && commit && { commit }),
        ...(own && !isBack && from && { from }),
        ...(isBack && { rollback: true }),
      });
    }
  });
  return versions;
}

function byParameters(
  { annotations }: Application,
  repository: string,
  { sources }: ApplicationHistoryEntry,
): DeployedVersion | undefined {
  const version = parameterVersions(sources, annotations, [repository]).get(
    repository,
  );
  return version && { version };
}

/**
 * What the very commit that an entry was made from says of itself.
 *
 * @internal
 */
export function deployedByCommit(
  draft: Draft,
  repository: string,
  { revisions, sources }: ApplicationHistoryEntry,
): DeployedVersion | undefined {
  for (const [index, revision] of revisions.entries()) {
    const repoUrl = sources[index]?.repoUrl;
    const known = repoUrl
      ? knownRevision(draft.revisions, repoUrl, revision)
      : undefined;
    const change = known && changeOf(draft, known, repository);
    if (known && change?.certain) {
      return {
        version: change.version,
        commit: commitOf(known, known, true),
        ...(change.from && { from: change.from }),
      };
    }
  }
  return undefined;
}

function isOf(promotion: Promotion, entry: ApplicationHistoryEntry): boolean {
  return (
    promotion.sync?.historyId === entry.id &&
    promotion.sync.finishedAt === entry.deployedAt
  );
}

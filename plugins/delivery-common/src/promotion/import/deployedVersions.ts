import type {
  Application,
  ApplicationHistoryEntry,
} from '../../model/application';
import type {
  ImageVersion,
  Promotion,
  PromotionCommit,
} from '../../model/promotion';
import { parameterVersion } from '../applicationVersions';
import { deploymentKey, headInput } from '../history';
import type { PromotionDraft } from '../PromotionDraft';
import { deployedByCommit } from './deployedByCommit';

/**
 * The version that an entry of the history deployed.
 *
 * @internal
 */
export interface DeployedVersion {
  version: ImageVersion;
  /** The promotion that has the entry's sync. */
  promotion?: Promotion;
  /** The commit that made the change, according to its message. */
  commit?: PromotionCommit;
  /** The previous version, according to that commit's message. */
  from?: ImageVersion;
  /**
   * The entry repeats an earlier entry's deployment, with a different one in
   * between.
   */
  rollback?: boolean;
}

/**
 * A repository, and the entries of the history that are imported, oldest first.
 *
 * @internal
 */
export interface ImportContext {
  draft: PromotionDraft;
  application: Application;
  repository: string;
  entries: ApplicationHistoryEntry[];
}

/**
 * The versions of a repository that the history entries deployed, by entry id.
 * Entries whose version isn't known are left out. The sources are promotions,
 * what the latest sync applied, parameters, the messages of the entries' own
 * commits, and other entries that were made from the same revisions and
 * parameters.
 *
 * @internal
 */
export function deployedVersions(
  context: ImportContext,
): Map<number, DeployedVersion> {
  const { application, entries } = context;
  const direct = directVersions(context);
  const keys = entries.map(deploymentKey);
  const headKey = deploymentKey(headInput(application));
  const versions = new Map(direct);
  entries.forEach((entry, index) => {
    const isSame = (_: unknown, at: number) =>
      at !== index && keys[at] === keys[index];
    const others = entries.filter(isSame);
    const same = others.find(other => versions.has(other.id));
    const known = versions.get(entry.id) ?? (same && versions.get(same.id));
    const isHead = index === entries.length - 1 && keys[index] === headKey;
    const isRollback =
      !isHead &&
      others.some(other => other.id < entry.id) &&
      index > 0 &&
      keys[index - 1] !== keys[index];
    if (known) {
      versions.set(entry.id, {
        ...(direct.has(entry.id)
          ? ownVersion(known, isRollback)
          : { version: known.version }),
        ...(isRollback && { rollback: true }),
      });
    }
  });
  return versions;
}

/** Nothing was pushed or committed for a rollback, so it has no commit. */
function ownVersion(
  { version, promotion, commit, from }: DeployedVersion,
  isRollback: boolean,
): DeployedVersion {
  return {
    version,
    ...(promotion && { promotion }),
    ...(!isRollback && commit && { commit }),
    ...(!isRollback && from && { from }),
  };
}

/** Versions of entries that are known without comparing entries. */
function directVersions(context: ImportContext): Map<number, DeployedVersion> {
  const { draft, application, repository, entries } = context;
  const promotions = draft.promotionsIn(repository);
  const { target } = draft.repositoryMemory(repository);
  const last = entries.at(-1);
  const versions = new Map<number, DeployedVersion>();
  for (const entry of entries) {
    const promotion = promotions.find(({ sync }) => isSyncOf(sync, entry));
    const version = promotion
      ? draft.writtenVersion(promotion)
      : (entry === last && target?.version) || undefined;
    const found = version
      ? { version, ...(promotion && { promotion }) }
      : deployedByParameters(application, repository, entry) ??
        deployedByCommit(draft, repository, entry);
    if (found) {
      versions.set(entry.id, found);
    }
  }
  return versions;
}

function deployedByParameters(
  application: Application,
  repository: string,
  { sources }: ApplicationHistoryEntry,
): DeployedVersion | undefined {
  const version = parameterVersion(application, sources, repository);
  return version && { version };
}

function isSyncOf(
  sync: Promotion['sync'],
  { id, deployedAt }: ApplicationHistoryEntry,
): boolean {
  return sync?.historyId === id && sync.finishedAt === deployedAt;
}

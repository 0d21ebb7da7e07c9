import { displayVersion, sameReference } from '../images';
import type {
  Application,
  ApplicationHistoryEntry,
} from '../model/application';
import type { ImageVersion, Promotion } from '../model/promotion';
import { changeOf, knownRevision } from './configuration';
import { commitOf, withPush } from './decorate';
import type { Draft } from './draft';
import { finishedHistory, parameterVersions } from './evidence';
import { promotionId } from './identity';
import { orderStages, reported } from './times';

/**
 * Makes promotions of those entries of the history that were over before we
 * looked, as far as it is known which version they brought: from the parameters
 * in the entry, or from the message of its very commit. So the timeline isn't
 * empty on the first day.
 *
 * @internal
 */
export function importHistory(draft: Draft, repository: string): void {
  const { application } = draft;
  const { historyId } = draft.repository(repository);
  if (!application || draft.goneAt || historyId === undefined) {
    return;
  }
  const entries = finishedHistory(application).filter(e => e.id <= historyId);
  const promotions = draft.promotionsOf(repository);
  const imported: Promotion[] = [];
  entries.forEach((entry, index) => {
    const isKnown = promotions.some(promotion => isOf(promotion, entry));
    if (!isKnown) {
      const before = index > 0 ? entries[index - 1] : undefined;
      const promotion = ofEntry(draft, application, repository, entry, before);
      if (promotion) {
        imported.push(promotion);
      }
    }
  });
  if (!imported.length) {
    return;
  }
  const timeline = [...promotions, ...imported]
    .filter(promotion => promotion.sync?.finishedAt && promotion.stages.synced)
    .sort((a, b) => order(a, b));
  timeline.forEach((promotion, index) => {
    if (!isImported(promotion)) {
      return;
    }
    const next = timeline.at(index + 1);
    const before = index > 0 ? timeline[index - 1] : undefined;
    const previous = before && draft.written(before);
    const version = draft.written(promotion);
    const isChange =
      !(previous && sameReference(previous, version)) &&
      !(next && sameReference(draft.written(next), version));
    if (next?.stages.synced && isChange) {
      draft.write(
        withPush(
          draft.images,
          orderStages({
            ...promotion,
            ...(previous && { previous }),
            outcome: next.rollback ? 'rolled-back' : 'superseded',
            outcomeAt: next.stages.synced,
            reason: `Replaced by ${displayVersion(draft.written(next))}`,
          }),
        ),
      );
    }
  });
}

function ofEntry(
  draft: Draft,
  application: Application,
  repository: string,
  entry: ApplicationHistoryEntry,
  before: ApplicationHistoryEntry | undefined,
): Promotion | undefined {
  const parameters = (of: ApplicationHistoryEntry): ImageVersion | undefined =>
    parameterVersions(of.sources, application.annotations, [repository]).get(
      repository,
    );
  const { id: historyId, revisions, deployedAt, deployStartedAt } = entry;
  const promotion = (version: ImageVersion): Promotion => ({
    id: promotionId(draft.ref, repository, version, `h${deployedAt}`),
    application: draft.ref,
    repository,
    version,
    stages: { synced: reported(deployedAt) },
    sync: {
      historyId,
      revisions,
      ...(deployStartedAt && { startedAt: deployStartedAt }),
      finishedAt: deployedAt,
      ...(entry.initiatedBy && { initiatedBy: entry.initiatedBy }),
    },
  });
  const parameter = parameters(entry);
  if (parameter) {
    const former = before && parameters(before);
    const isNew = before && !(former && sameReference(former, parameter));
    return isNew ? promotion(parameter) : undefined;
  }
  for (const [index, revision] of revisions.entries()) {
    const repoUrl = entry.sources[index]?.repoUrl;
    const known = repoUrl
      ? knownRevision(draft.revisions, repoUrl, revision)
      : undefined;
    const change = known && changeOf(draft, known, repository);
    if (known && change?.certain) {
      const made = promotion(change.version);
      return {
        ...made,
        ...(change.from && { previous: change.from }),
        stages: { committed: reported(known.date), ...made.stages },
        commit: commitOf(known, known, true),
      };
    }
  }
  return undefined;
}

function isImported(promotion: Promotion): boolean {
  return promotion.id.endsWith(`|h${promotion.sync?.finishedAt}`);
}

function isOf(promotion: Promotion, entry: ApplicationHistoryEntry): boolean {
  return (
    promotion.sync?.historyId === entry.id &&
    promotion.sync.finishedAt === entry.deployedAt
  );
}

function order(a: Promotion, b: Promotion): number {
  const [at, than] = [a.sync?.finishedAt ?? '', b.sync?.finishedAt ?? ''];
  return (
    Date.parse(at) - Date.parse(than) ||
    (a.sync?.historyId ?? 0) - (b.sync?.historyId ?? 0)
  );
}

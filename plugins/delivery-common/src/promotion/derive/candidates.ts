import { displayVersion, sameVersion } from '../../images';
import type { Application } from '../../model/application';
import type { ImageVersion, Promotion } from '../../model/promotion';
import type { CompiledPolicy } from '../../policy';
import {
  acceptedVersion,
  asWritten,
  comesAfter,
  dated,
  type DatedVersion,
  policyOf,
} from './acceptance';
import type { Carrier } from '../versionEvidence';
import type { Draft } from '../PromotionDraft';
import { versionsOf } from '../applicationVersions';
import { countOf, promotionId } from '../identity';
import { findImage, timeOf } from '../knownImages';
import { passedByVersion } from '../reasons';
import { isClearlyAfter, observed, reported } from '../times';
import type { KnownImage, Run } from '../types';

/**
 * How many newer versions may wait beside one that is only pushed. Where the
 * updater doesn't come, a busy CI would pile them up without end.
 */
const WAITING_LIMIT = 5;

/**
 * A pushed image that may be promoted, and what became of that.
 *
 * @internal
 */
export interface Candidate
  extends Pick<Promotion, 'outcome' | 'outcomeAt' | 'reason' | 'previous'> {
  version: ImageVersion;
}

interface Dated extends DatedVersion {
  image: KnownImage;
  at: string;
}

/**
 * Images that were pushed since the application is known, that never ran in it,
 * and that come after what ran when they were pushed. What was pushed before we
 * knew the application may have been passed over long ago, so it opens nothing
 * until a commit or a sync shows it. `refused` are those that would be
 * candidates if something newer hadn't been applied already, if the application
 * ran the image, or for what was told later of how they were built.
 *
 * @internal
 */
export function candidatesOf(
  draft: Draft,
  application: Application,
  repository: string,
  carriers: Carrier[],
): { candidates: Map<string, Candidate>; refused: Set<string> } {
  const memory = draft.repository(repository);
  const result = {
    candidates: new Map<string, Candidate>(),
    refused: new Set<string>(),
  };
  const images = pushedSince(draft, repository, draft.memory.firstSeenAt);
  const policy =
    images.length > 0 ? policyOf(draft, application, repository) : undefined;
  if (!policy) {
    return result;
  }
  const idOf = ({ version }: Pick<Dated, 'version'>) =>
    promotionId(draft.ref, repository, asWritten(policy, version), 1);
  const accepted = images.flatMap((image): Dated[] => {
    const version = acceptedVersion(policy, image);
    if (version) {
      const at = timeOf(image);
      return [{ image, ...dated(policy, version, at, image.builds), at }];
    }
    // Taken as long as it wasn't known for which platforms it was built.
    const unbuilt =
      image.builds && acceptedVersion(policy, { ...image, builds: undefined });
    if (unbuilt) {
      result.refused.add(idOf({ version: unbuilt }));
    }
    return [];
  });
  if (!policy.policy.forceUpdate && !isInUse(draft, application, repository)) {
    accepted.forEach(item => result.refused.add(idOf(item)));
    return result;
  }
  const after = (a: DatedVersion, b: DatedVersion) => comesAfter(policy, a, b);
  const runs = draft
    .runsOf(repository)
    .map(run => ({ run, ...datedRun(draft, policy, run) }));
  const goesByUnknownBuild = ({ age }: Dated) => age?.isBuildDate === false;
  const committed = accepted.some(goesByUnknownBuild)
    ? committedVersions(draft, repository, carriers)
    : [];
  const candidates = accepted.filter(item => {
    const base = runs.findLast(
      run => run.appliedAt && ranAt(run.appliedAt, item.at),
    );
    const isNewer =
      (!base || after(item, base)) &&
      !(goesByUnknownBuild(item) && isPassedOver(committed, item));
    if (!isNewer) {
      result.refused.add(idOf(item));
    }
    return isNewer;
  });
  const overtaking = overtakingOf(candidates, after);
  for (const item of candidates) {
    const written = asWritten(policy, item.version);
    const ran =
      countOf(memory, written) > 0 ||
      runs.some(({ run }) => sameVersion(run.version, item.version)) ||
      // The history told of it, when nobody had seen the push.
      draft
        .promotionsOf(repository)
        .some(
          ({ stages, version }) =>
            stages.synced !== undefined && sameVersion(version, item.version),
        );
    if (ran) {
      continue;
    }
    const passer = runs.find(
      run =>
        run.appliedAt && !ranAt(run.appliedAt, item.at) && after(run, item),
    );
    const runner = passer
      ? draft.promotion(passer.run.promotionId)?.previous
      : draft.current(repository);
    result.candidates.set(idOf(item), {
      version: item.version,
      ...(runner && { previous: runner }),
      ...endOf(draft, item, passer, overtaking(item)),
    });
  }
  return result;
}

/**
 * For each candidate the push by which too many newer ones wait beside it. Their
 * order is worked out once: there can be thousands that nobody takes.
 */
function overtakingOf(
  candidates: Dated[],
  after: (a: Dated, b: Dated) => boolean,
): (item: Dated) => Dated | undefined {
  const compare = (a: Dated, b: Dated) =>
    Number(after(a, b)) - Number(after(b, a));
  const ranks = new Map<Dated, number>();
  let rank = 0;
  [...candidates].sort(compare).forEach((item, index, sorted) => {
    if (index > 0 && compare(sorted[index - 1], item) !== 0) {
      rank += 1;
    }
    ranks.set(item, rank);
  });
  const byTime = [...candidates].sort((a, b) => (a.at < b.at ? -1 : 1));
  const rankOf = (item: Dated) => ranks.get(item) ?? 0;
  return item => {
    let newer = 0;
    return byTime.find(other => {
      newer += Number(rankOf(other) > rankOf(item));
      return newer === WAITING_LIMIT;
    });
  };
}

/**
 * Whether the application runs an image, as far as is known: it may have no pod
 * for a while. The updater leaves those alone that it doesn't run, unless it is
 * forced to.
 */
function isInUse(
  draft: Draft,
  application: Application,
  repository: string,
): boolean {
  return (
    versionsOf(application.images).has(repository) ||
    draft.current(repository) !== undefined
  );
}

function pushedSince(
  draft: Draft,
  repository: string,
  since: string | undefined,
): KnownImage[] {
  return since === undefined
    ? []
    : draft.images.filter(
        image =>
          image.repository === repository &&
          Date.parse(timeOf(image)) >= Date.parse(since),
      );
}

/** A version that is known to have been committed by itself, and when. */
interface CommittedVersion {
  tag?: string;
  date?: string;
}

function committedVersions(
  draft: Draft,
  repository: string,
  carriers: Carrier[],
): CommittedVersion[] {
  return [
    ...draft
      .promotionsOf(repository)
      .filter(({ commit }) => commit?.exact)
      .map(promotion => ({
        tag: promotion.version.tag,
        date: promotion.commit?.date,
      })),
    // Of these, no promotion need be there yet.
    ...carriers
      .filter(({ exact, certain }) => exact && certain)
      .map(({ commit, ...carrier }) => ({
        tag: carrier.version.tag,
        date: commit?.date,
      })),
  ];
}

/**
 * Whether the updater committed another version when this one was there already.
 * It goes by the dates of the builds: where they aren't known, what it did shows
 * that this is not the newest build.
 */
function isPassedOver(
  committed: CommittedVersion[],
  { version, at }: Dated,
): boolean {
  return committed.some(
    ({ tag, date }) =>
      tag !== version.tag &&
      date !== undefined &&
      Date.parse(date) > Date.parse(at),
  );
}

/** The earliest of what can end a version that was only pushed. */
function endOf(
  draft: Draft,
  { image }: Dated,
  passer: { run: Run; appliedAt?: string } | undefined,
  overtaking: Dated | undefined,
): Pick<Candidate, 'outcome' | 'outcomeAt' | 'reason'> {
  const ends: Pick<Candidate, 'outcome' | 'outcomeAt' | 'reason'>[] = [];
  const passing = passer && draft.promotion(passer.run.promotionId);
  if (passing && passer.appliedAt) {
    ends.push({
      outcome: 'superseded',
      outcomeAt: passing.stages.synced ?? observed(passer.appliedAt),
      reason: passedByVersion(passer.run.version),
    });
  }
  if (overtaking) {
    ends.push({
      outcome: 'superseded',
      outcomeAt: overtaking.image.pushedAt
        ? reported(overtaking.image.pushedAt)
        : observed(overtaking.at),
      reason: {
        code: 'promotion.passed-by-many',
        parameters: { version: displayVersion(overtaking.version) },
      },
    });
  }
  if (image.removedAt) {
    ends.push({
      outcome: 'abandoned',
      outcomeAt: observed(image.removedAt),
      reason: { code: 'promotion.image-removed', parameters: {} },
    });
  }
  ends.sort((a, b) =>
    (a.outcomeAt?.at ?? '') <= (b.outcomeAt?.at ?? '') ? -1 : 1,
  );
  return ends[0] ?? {};
}

function datedRun(
  draft: Draft,
  policy: CompiledPolicy,
  run: Run,
): DatedVersion & { appliedAt?: string } {
  const stages = draft.promotion(run.promotionId)?.stages;
  const appliedAt = (stages?.synced ?? stages?.healthy)?.at;
  const image = findImage(draft.images, run.repository, run.version, appliedAt);
  return {
    ...dated(
      policy,
      run.version,
      image ? timeOf(image) : appliedAt,
      image?.builds,
    ),
    appliedAt,
  };
}

/** Whether what was applied at a time (in whole seconds) was so before a push. */
function ranAt(appliedAt: string, pushedAt: string): boolean {
  return isClearlyAfter(pushedAt, appliedAt);
}

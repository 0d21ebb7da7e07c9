import { displayVersion } from '../images';
import type { Promotion } from '../model/promotion';
import { comparisonFailure, isBehind } from './comparison';
import { whyNotSynced } from './notSynced';
import {
  type FollowedPolicy,
  judgePush,
  policyFor,
  type VerdictCode,
} from '../image-updater';
import type { StuckEvidence, StuckReason } from './types';
import { unreadableInWords } from './unreadable';

/** How often the Image Updater looks unless it is told otherwise. */
const UPDATER_INTERVAL_MS = 120_000;

/** So many of its cycles without a commit are too many. */
const OVERDUE_CYCLES = 3;

/**
 * What a version that is only pushed waits for.
 *
 * @internal
 */
export function whyNotCommitted(
  promotion: Promotion,
  since: string,
  known: StuckEvidence,
  now: Date,
): StuckReason {
  const { version, repository } = promotion;
  const {
    application,
    imageUpdaters,
    updaterIntervalMs = UPDATER_INTERVAL_MS,
    unreadable,
  } = known;
  const { followed } = policyFor({
    application,
    repository,
    updaters: imageUpdaters,
  });
  const { taking, refusal } = takenBy(version.tag, followed);
  if (refusal !== undefined) {
    return {
      code: 'policy-passes-over',
      message: `The Image Updater passes over ${displayVersion(
        version,
      )}: ${refusal}`,
      since,
    };
  }
  const updaters = taking.flatMap(({ updater }) => updater ?? []);
  const updater = updaters.find(({ error }) => error) ?? updaters.at(0);
  if (updater?.error) {
    return {
      code: 'updater-failing',
      message: `The Image Updater reports: ${updater.error} (ImageUpdater ${updater.namespace}/${updater.name}; its log says more)`,
      since: updater.lastCheckedAt ?? since,
    };
  }
  // Its commit can't be seen then, if there is one.
  const failure = comparisonFailure(application);
  if (failure) {
    return failure;
  }
  const waitedMs = now.getTime() - Date.parse(since);
  if (waitedMs < OVERDUE_CYCLES * updaterIntervalMs) {
    return {
      code: 'updater-cycle',
      message: 'Waits for the next cycle of the Image Updater',
      since,
    };
  }
  const unsynced = isBehind(application)
    ? whyNotSynced(promotion, known, since)
    : undefined;
  if (unsynced && unsynced.code !== 'sync-pending') {
    return {
      ...unsynced,
      message: `${unsynced.message}. Whether ${displayVersion(
        version,
      )} is among what waits can't be told: no commit was seen that brought it`,
    };
  }
  if (!updater && unreadable?.imageUpdaters) {
    const { reason, since: unreadableSince } = unreadable.imageUpdaters;
    return {
      code: 'updaters-unreadable',
      message: `Nothing has committed it, and why isn't known: ImageUpdater resources of Argo CD '${
        application.ref.instance
      }' could not be read: ${unreadableInWords(reason)}`,
      since: unreadableSince,
    };
  }
  if (taking.length > 0 && !updater) {
    return {
      code: 'updater-not-enabled',
      message:
        'Nothing has committed it: no ImageUpdater resource with useAnnotations is seen that selects the application, and without one its annotations count for nothing',
      since,
    };
  }
  return {
    code: 'updater-overdue',
    message: updater
      ? `No commit that brought it was seen, although the Image Updater had time to make one${lastLook(
          updater.lastCheckedAt,
        )}: see its log and the ImageUpdater ${updater.namespace}/${
          updater.name
        }`
      : 'Nothing has committed it, and neither annotations nor an ImageUpdater resource name its image',
    since,
  };
}

/** Verdicts that come of settings which can't be read, where advice says more than the reason. */
const ADVISED: Partial<Record<VerdictCode, string>> = {
  'not-allowed': 'allow-tags',
  'constraint-invalid': 'constraint',
  'constraint-missing': 'constraint',
  'image-name-invalid': 'image-name',
};

/** Which of a repository's aliases take a tag, and why the first of them doesn't if none does. */
function takenBy(
  tag: string | undefined,
  followed: readonly FollowedPolicy[],
): { taking: readonly FollowedPolicy[]; refusal?: string } {
  if (!tag || followed.length === 0) {
    return { taking: followed };
  }
  const judged = followed.map(entry => ({
    entry,
    refusal: whyRefused(tag, entry),
  }));
  const taking = judged.filter(({ refusal }) => refusal === undefined);
  return taking.length > 0
    ? { taking: taking.map(({ entry }) => entry) }
    : { taking: [], refusal: judged[0].refusal };
}

/** Why a policy doesn't take a tag at all; undefined if it does. */
function whyRefused(
  tag: string,
  { compiled }: FollowedPolicy,
): string | undefined {
  const { accepted, code, reason } = judgePush(compiled, { tags: [tag] });
  if (accepted) {
    return undefined;
  }
  const subject = ADVISED[code];
  const problem =
    subject === undefined
      ? undefined
      : compiled.problems.find(other => other.code.startsWith(subject));
  return problem?.advice ?? reason;
}

function lastLook(at: string | undefined): string {
  return at ? ` (it last looked at ${at})` : '';
}

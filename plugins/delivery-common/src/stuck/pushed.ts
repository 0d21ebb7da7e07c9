import { displayVersion } from '../images';
import type { ImageUpdaterResource } from '../image-updater';
import type { Message } from '../messages';
import { isClearlyAfter } from '../promotion/times';
import { committedRules } from './committed';
import { comparisonFailure, isBehind } from './comparison';
import { type StuckRule, type StuckSituation, stuckRule } from './rule';
import type { StuckFinding } from './rule';
import { adviceOnUnreadable } from './unreadable';

/** Image Updater's own default for `--interval`. */
const UPDATER_INTERVAL_MS = 120_000;

/** After this many cycles without a commit, the commit is overdue. */
const OVERDUE_CYCLES = 3;

const stage = 'pushed';

/**
 * What a version that is only pushed waits for. The first rule that applies
 * wins.
 *
 * @internal
 */
export const pushedRules: readonly StuckRule[] = [
  stuckRule({ code: 'policy-passes-over', stage, evaluate: refusal }),
  stuckRule({
    code: 'updater-unusable',
    stage,
    evaluate({ updateDecision, since }) {
      const { unusable } = updateDecision();
      return (
        unusable && {
          parameters: { message: unusable.message },
          since,
          advice: unusable.advice,
        }
      );
    },
  }),
  stuckRule({
    code: 'updater-failing',
    stage,
    evaluate({ updateDecision, since }) {
      const { updater } = updateDecision();
      return updater?.error
        ? {
            parameters: { message: updater.error, updater: nameOf(updater) },
            since: updater.lastCheckedAt ?? since,
          }
        : undefined;
    },
    advice: { code: 'advice.updater-log', parameters: {} },
  }),
  // Without a comparison, a commit can't be observed.
  stuckRule({
    code: 'comparison-failed',
    stage,
    evaluate: ({ application }) => comparisonFailure(application),
  }),
  stuckRule({
    code: 'updater-cycle',
    stage,
    evaluate: ({ since, now, updaterIntervalMs = UPDATER_INTERVAL_MS }) =>
      now.getTime() - Date.parse(since) < OVERDUE_CYCLES * updaterIntervalMs
        ? { parameters: {}, since }
        : undefined,
  }),
  ...committedRules
    .filter(({ code }) => code !== 'sync-pending')
    .map(ofUnobservedCommit),
  stuckRule({
    code: 'comparison-pending',
    stage,
    evaluate: ({ application: { reconciledAt }, since }) =>
      reconciledAt && isClearlyAfter(since, reconciledAt)
        ? { parameters: {}, since }
        : undefined,
  }),
  stuckRule({ code: 'updater-queue', stage, evaluate: queue }),
  stuckRule({
    code: 'updaters-unreadable',
    stage,
    evaluate({ application, unreadable, updateDecision }) {
      const updaters = unreadable?.imageUpdaters;
      return updaters && !updateDecision().updater
        ? {
            parameters: { instance: application.ref.instance },
            since: updaters.since,
            advice: adviceOnUnreadable(updaters.reason),
          }
        : undefined;
    },
  }),
  stuckRule({
    code: 'updater-not-visible',
    stage,
    evaluate({ updateDecision, updaterCommittedAt, since }) {
      const { taking, updater } = updateDecision();
      return taking.length > 0 && !updater && updaterCommittedAt
        ? { parameters: { at: updaterCommittedAt }, since }
        : undefined;
    },
    advice: { code: 'advice.updater-log', parameters: {} },
  }),
  stuckRule({
    code: 'updater-not-enabled',
    stage,
    evaluate({ updateDecision, since }) {
      const { taking, updater } = updateDecision();
      return taking.length > 0 && !updater
        ? { parameters: {}, since }
        : undefined;
    },
    advice: { code: 'advice.enable-updater', parameters: {} },
  }),
  stuckRule({ code: 'updater-overdue', stage, evaluate: overdue }),
];

function refusal({
  promotion: { version },
  since,
  updateDecision,
}: StuckSituation): StuckFinding<'policy-passes-over'> | undefined {
  const { refusal: refused } = updateDecision();
  return (
    refused && {
      parameters: { version: displayVersion(version), verdict: refused.reason },
      since,
      advice: refused.advice,
    }
  );
}

/**
 * The pending sync may be that of the version. Argo CD only knows heads, so the
 * commit that contains the version may have been followed by another one.
 */
function ofUnobservedCommit(rule: StuckRule): StuckRule {
  return {
    code: rule.code,
    stage,
    evaluate(situation) {
      const reason = isBehind(situation.application)
        ? rule.evaluate(situation)
        : undefined;
      return (
        reason && {
          ...reason,
          note: {
            code: 'cause.commit-not-observed',
            parameters: {
              version: displayVersion(situation.promotion.version),
            },
          },
        }
      );
    },
  };
}

/** As long as it commits the version to one application after the other. */
function queue({
  updateProgress,
  now,
  since,
  updaterIntervalMs = UPDATER_INTERVAL_MS,
}: StuckSituation): StuckFinding<'updater-queue'> | undefined {
  const { committed, total, committedAt } = updateProgress ?? {};
  const isWorking =
    committed !== undefined &&
    total !== undefined &&
    committed < total &&
    committedAt !== undefined &&
    now.getTime() - Date.parse(committedAt) <
      OVERDUE_CYCLES * updaterIntervalMs;
  return isWorking
    ? {
        parameters: { committed: String(committed), total: String(total) },
        since,
      }
    : undefined;
}

function overdue(situation: StuckSituation): StuckFinding<'updater-overdue'> {
  const { updateDecision, since } = situation;
  const { updater } = updateDecision();
  if (!updater) {
    return {
      parameters: {
        cause: { code: 'cause.image-unreferenced', parameters: {} },
      },
      since,
      advice: { code: 'advice.reference-image', parameters: {} },
    };
  }
  const name = nameOf(updater);
  const written = reportedUpdate(situation, updater);
  if (written) {
    return {
      parameters: { cause: written },
      since,
      advice: { code: 'advice.check-branch', parameters: {} },
    };
  }
  const cause: Message = updater.lastCheckedAt
    ? {
        code: 'cause.updater-looked',
        parameters: { updater: name, at: updater.lastCheckedAt },
      }
    : { code: 'cause.updater-silent', parameters: { updater: name } };
  return {
    parameters: { cause },
    since,
    advice: { code: 'advice.check-updater', parameters: { updater: name } },
  };
}

/**
 * That an ImageUpdater reports to have written the version since the push. An
 * event reports it for the application; the status only for some of them.
 */
function reportedUpdate(
  { promotion, application, since }: StuckSituation,
  updater: ImageUpdaterResource,
): Message | undefined {
  const { repository, version } = promotion;
  const reported = (updater.updates ?? []).filter(
    update =>
      update.repository === repository &&
      update.version === version.tag &&
      Date.parse(update.at) >= Date.parse(since),
  );
  const own = reported.find(one => one.application === application.ref.name);
  if (own) {
    const parameters = { version: own.version, at: own.at };
    return { code: 'cause.updater-wrote', parameters };
  }
  const some = reported.find(one => one.application === undefined);
  return (
    some && {
      code: 'cause.updater-wrote-some',
      parameters: {
        updater: nameOf(updater),
        version: some.version,
        at: some.at,
      },
    }
  );
}

function nameOf({ namespace, name }: { namespace: string; name: string }) {
  return `${namespace}/${name}`;
}

import { displayVersion } from '../images';
import { formatMessage } from '../messages';
import type { Promotion, StageTime } from '../model/promotion';

/**
 * Promotions as a person would write them down: one line each, oldest first,
 * with the time of day of every stage. `~` marks a time that was only observed.
 */
export function timeline(promotions: Promotion[]): string[] {
  return [...promotions]
    .sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1))
    .map(promotion => {
      const { stages, version, previous, outcome, outcomeAt, reason, commit } =
        promotion;
      return [
        `${previous ? displayVersion(previous) : '?'} → ${displayVersion(
          version,
        )}${promotion.rollback ? ' (rollback)' : ''}`,
        `pushed ${time(stages.pushed)}`,
        `committed ${time(stages.committed)}${
          commit
            ? ` ${commit.exact ? 'by' : 'in'} ${commit.revision.slice(0, 8)}`
            : ''
        }`,
        `synced ${time(stages.synced)}${
          promotion.sync?.historyId === undefined
            ? ''
            : ` #${promotion.sync.historyId}`
        }`,
        `healthy ${time(stages.healthy)}`,
        `${outcome ?? 'under way'} ${time(outcomeAt)}${
          reason ? ` (${formatMessage(reason)})` : ''
        }`,
      ].join(' | ');
    });
}

/**
 * The same without times: the stages that were reached (`committed by` the
 * exact commit, or `in` one that contains the change), and the outcome.
 */
export function outline(promotions: Promotion[]): string[] {
  return [...promotions]
    .sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1))
    .map(({ stages, version, previous, outcome, reason, commit, ...rest }) =>
      [
        [
          `${previous ? displayVersion(previous) : '?'} → ${displayVersion(
            version,
          )}`,
          rest.rollback && '(rollback)',
          rest.undoesRollback && '(undoes a rollback)',
        ]
          .filter(Boolean)
          .join(' '),
        stages.pushed && 'pushed',
        stages.committed &&
          `committed${commit ? ` ${commit.exact ? 'by' : 'in'}` : ''}`,
        stages.synced && `synced #${rest.sync?.historyId ?? '-'}`,
        stages.healthy && 'healthy',
        `${outcome ?? 'under way'}${
          reason ? ` (${formatMessage(reason)})` : ''
        }`,
      ]
        .filter(Boolean)
        .join(', '),
    );
}

function time(stage: StageTime | undefined): string {
  return stage
    ? `${stage.basis === 'observed' ? '~' : ''}${stage.at
        .slice(11, 23)
        .replace('.000', '')}`
    : '-';
}

function startOf({ stages }: Promotion): string {
  return (
    stages.pushed ??
    stages.committed ??
    stages.synced ??
    stages.healthy ?? { at: '' }
  ).at;
}

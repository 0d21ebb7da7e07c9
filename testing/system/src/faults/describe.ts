import {
  displayVersion,
  formatMessage,
  type Promotion,
  type StageTime,
  STAGES,
} from '@landfall/backstage-plugin-delivery-common';

/** A promotion in one line; `~` marks times that were only observed. */
export function describe(promotion: Promotion): string {
  const { id, previous, version, commit, sync, failure } = promotion;
  return [
    `${id.split('|').at(-1)}: ${
      previous ? displayVersion(previous) : '?'
    } → ${displayVersion(version)}${promotion.rollback ? ' (rollback)' : ''}`,
    ...STAGES.map(stage => `${stage} ${time(promotion.stages[stage])}`),
    `${promotion.outcome ?? 'under way'} ${time(promotion.outcomeAt)}${
      promotion.reason ? ` (${formatMessage(promotion.reason)})` : ''
    }`,
    commit
      ? `commit ${commit.exact ? '' : 'in '}${commit.revision.slice(0, 7)}`
      : 'no commit',
    sync
      ? `sync #${sync.historyId ?? '-'} of ${sync.revisions
          .map(revision => revision.slice(0, 7))
          .join()}`
      : 'no sync',
    ...(failure ? [`failed ${time(failure.at)}`] : []),
  ].join(' | ');
}

function time(stage: StageTime | undefined): string {
  return stage
    ? `${stage.basis === 'observed' ? '~' : ''}${stage.at.slice(11, 23)}`
    : '-';
}

/** The version, and the number of its rollout. */
export function nameOf({ id, version }: Promotion): string {
  return `${version.tag ?? version.digest} (${id.split('|').at(-1)})`;
}

/** Push events have whole seconds where the registry has fractions. */
export function isSameSecond(a: string, b: string): boolean {
  return (
    Math.floor(Date.parse(a) / 1000) === Math.floor(Date.parse(b) / 1000) &&
    [a, b].some(at => at.endsWith('.000Z'))
  );
}

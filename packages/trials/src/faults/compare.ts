import {
  displayVersion,
  type Promotion,
  type StageTime,
  STAGES,
} from '@landfall/backstage-plugin-delivery-common';

export function compare(
  reference: Promotion[],
  disturbed: Promotion[],
): string[] {
  const a = reference.map(facts);
  const b = disturbed.map(facts);
  return a.join('\n') === b.join('\n')
    ? []
    : [...a.map(line => `- ${line}`), ...b.map(line => `+ ${line}`)];
}

function time(stage: StageTime | undefined): string {
  if (!stage) {
    return '-';
  }
  return stage.basis === 'observed' ? '~' : stage.at.slice(14, 23);
}

function facts(p: Promotion): string {
  return [
    p.id.split('/').at(-1),
    `${p.previous ? displayVersion(p.previous) : '?'}→${
      p.version.tag
    }@${p.version.digest?.slice(7, 11)}${p.rollback ? ' rollback' : ''}`,
    ...STAGES.map(stage => `${stage} ${time(p.stages[stage])}`),
    `${p.outcome} ${time(p.outcomeAt)} ${p.reason ?? ''}`,
    `commit ${p.commit?.revision.slice(0, 7)} ${p.commit?.exact}`,
    `sync ${p.sync?.historyId} ${p.sync?.revisions.map(r =>
      r.slice(0, 7),
    )} ${p.sync?.startedAt?.slice(14)} ${p.sync?.finishedAt?.slice(14)} ${
      p.sync?.initiatedBy?.username
    } ${p.sync?.initiatedBy?.automated}`,
    `failure ${time(p.failure?.at)} ${p.failure?.reason}`,
  ].join(' | ');
}

import type { Promotion } from '@landfall/backstage-plugin-delivery-common';
import type { Known } from './Blindness';
import { Comparison } from './Comparison';
import { describe } from './describe';

/**
 * Compares what two portals tell of one application, one of which saw all, while
 * the other may have missed what happened for some time; both know how things
 * stand in the end. Gives the differences that no blindness excuses, in words.
 *
 * Equal must be:
 *
 * - **The promotions**, one for one: by version and by the entry of Argo CD's
 *   history that they are of. None is lost, doubled or invented.
 * - **What they say**: outcome, rollback or not, version and digest, what ran
 *   before, by what it was replaced and when; every stage that was reached; every
 *   time that a source reported; the sync with its entry, revisions, times and who
 *   began it; the commit, where it is the exact one.
 * - **Order**: no time of a promotion is before that of an earlier stage, and none
 *   that was only observed is before the true one. One version is live.
 *
 * Nobody who looks afterwards can know, so the disturbed portal may lack:
 *
 * - that a version got healthy before another one replaced it, and with that when
 *   it took the place of the one before and when it ended; and that it was Degraded
 *   for a while;
 * - the commit of a version, if Argo CD's history has another revision, as when the
 *   branch moved on before it was synced: then a later revision that contains the
 *   change may stand for it, and says so;
 * - the sync of a version, if the history doesn't tell which version it brought:
 *   the entry is of another application's commit, and has no parameters;
 * - that a version ran twice, if nothing was seen healthy in between: then it never
 *   stopped being live, as far as anybody saw, and its health may be that of either
 *   run; or, the other way round, that it went on when it was put back;
 * - how a version ended, if it wasn't seen that it or the next one got healthy;
 * - that a version was synced and rolled back, if the history doesn't tell which
 *   version it brought: then it still waits, as far as anybody can tell;
 * - of an application that is gone, what happened after the last sight of it, what
 *   the revisions brought that could not be asked for any more, and pushes that no
 *   event told of.
 *
 * Times that were only observed differ, and so may the words for a failure: they are
 * those of the moment in which it was seen. The time of a push may be told to the
 * second: events of the registry, which count where it can't be read, have no more.
 */
export function compareApplication(
  name: string,
  reference: Known,
  disturbed: Known,
): string[] {
  const differences: string[] = [];
  if (reference.gone !== disturbed.gone) {
    differences.push(
      `${name} is ${disturbed.gone ? '' : 'not '}gone for the disturbed portal`,
    );
  }
  const repositories = new Set(
    [...reference.promotions, ...disturbed.promotions].map(
      ({ repository }) => repository,
    ),
  );
  for (const repository of repositories) {
    const of = (known: Known) =>
      known.promotions
        .filter(promotion => promotion.repository === repository)
        .sort(byStart);
    const expected = of(reference);
    const found = of(disturbed);
    const compared = new Comparison(expected, found, disturbed).differences();
    if (compared.length > 0) {
      differences.push(
        `${name}, ${repository}:`,
        ...compared.map(line => `  * ${line}`),
        ...expected.map(promotion => `  - ${describe(promotion)}`),
        ...found.map(promotion => `  + ${describe(promotion)}`),
      );
    }
  }
  return differences;
}

function byStart(a: Promotion, b: Promotion): number {
  return (
    startOf(a).localeCompare(startOf(b)) ||
    (a.sync?.historyId ?? 0) - (b.sync?.historyId ?? 0) ||
    (a.id < b.id ? -1 : 1)
  );
}

/** Promotions that were synced in the order of the history, which no time must spoil. */
function startOf({ sync, stages }: Promotion): string {
  return (
    (sync?.finishedAt && stages.synced?.at) ||
    (stages.committed ?? stages.pushed ?? { at: '' }).at
  );
}

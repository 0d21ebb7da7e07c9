import type { Application } from '../model/application';
import { policiesOf } from './acceptance';
import { type Candidates, candidatesBy, pushedSinceKnown } from './candidates';
import type { Carrier } from './configuration';
import type { Draft } from './draft';

/**
 * The candidates of a repository by all of its aliases: it is enough that the
 * policy of one of them takes an image.
 *
 * @internal
 */
export function candidatesOf(
  draft: Draft,
  application: Application,
  repository: string,
  carriers: Carrier[],
): Candidates {
  const images = pushedSinceKnown(draft, repository);
  const policies =
    images.length > 0 ? policiesOf(draft, application, repository) : [];
  const found = policies.map(policy =>
    candidatesBy(policy, images, draft, application, repository, carriers),
  );
  return {
    candidates: waitingFirst(found.map(({ candidates }) => candidates)),
    refused: new Set(found.flatMap(({ refused }) => [...refused])),
  };
}

/** A candidate is over only if it is so by each alias that takes it. */
function waitingFirst(
  found: Candidates['candidates'][],
): Candidates['candidates'] {
  const merged: Candidates['candidates'] = new Map();
  for (const [id, candidate] of found.flatMap(candidates => [...candidates])) {
    if (!merged.has(id) || !candidate.outcome) {
      merged.set(id, candidate);
    }
  }
  return merged;
}

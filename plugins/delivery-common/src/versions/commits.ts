import type { Promotion } from '../model/promotion';
import { compareText } from './deployments';
import type { VersionCommit } from './types';

/**
 * The commits that brought a version into environments, each with the environments
 * that it is of. A commit that only contains the change of an environment is kept
 * apart from the same commit as the change of another one. A rollback has no
 * commit of its own.
 *
 * @internal
 * @param environments - in the order in which they are shown
 */
export function commitsOf(
  promotions: readonly { environment: string; promotion: Promotion }[],
  environments: readonly string[],
): VersionCommit[] {
  const commits = new Map<string, VersionCommit>();
  for (const { environment, promotion } of promotions) {
    const { commit, rollback } = promotion;
    if (commit && !rollback) {
      const { repoUrl, revision, exact, author, message } = commit;
      const key = JSON.stringify([repoUrl, revision, exact]);
      const known = commits.get(key);
      // The metadata of a revision may be known for one promotion only.
      const by = earlier(known?.author, author);
      const text = earlier(known?.message, message);
      commits.set(key, {
        repoUrl,
        revision,
        exact,
        ...(by !== undefined && { author: by }),
        ...(text !== undefined && { message: text }),
        environments: inOrder(
          [...(known?.environments ?? []), environment],
          environments,
        ),
      });
    }
  }
  const place = ({ environments: [first] }: VersionCommit) =>
    environments.indexOf(first);
  return [...commits.values()].sort(
    (a, b) =>
      place(a) - place(b) ||
      Number(b.exact) - Number(a.exact) ||
      compareText(a.revision, b.revision) ||
      compareText(a.repoUrl, b.repoUrl),
  );
}

function inOrder(
  names: readonly string[],
  environments: readonly string[],
): string[] {
  return environments.filter(environment => names.includes(environment));
}

/** Of two texts, the same one whatever comes first. */
function earlier(
  a: string | undefined,
  b: string | undefined,
): string | undefined {
  return [a, b].filter(each => each !== undefined).sort()[0];
}

import { parseUpdaterCommit } from './commitMessage';

/**
 * When the Image Updater last committed for an application, according to the
 * messages of some commits; ISO 8601. Undefined if it made none of them.
 *
 * @public
 * @param application - its name
 */
export function lastUpdaterCommit(
  application: string,
  commits: readonly { message?: string; date?: string }[],
): string | undefined {
  return commits
    .filter(({ message }) => {
      const commit = message ? parseUpdaterCommit(message) : undefined;
      return commit && (commit.application ?? application) === application;
    })
    .flatMap(({ date }) => date ?? [])
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);
}

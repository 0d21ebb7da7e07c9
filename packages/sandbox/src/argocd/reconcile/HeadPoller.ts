import type { GitRepositories } from '../git/GitRepositories';
import { sourcesOf, type Application } from '../types';

/**
 * Follows the heads of all repositories that applications use, with one read
 * per repository and round.
 */
export class HeadPoller {
  readonly #git: GitRepositories;
  readonly #heads = new Map<string, string>();

  constructor(git: GitRepositories) {
    this.#git = git;
  }

  /**
   * The applications with a repository that has moved, disappeared or come back
   * since the last round.
   */
  async moved(apps: Application[]): Promise<Set<Application>> {
    const byRepository = new Map<string, Application[]>();
    for (const app of apps) {
      for (const { repoURL, chart } of sourcesOf(app.spec)) {
        if (!chart) {
          const users = byRepository.get(repoURL) ?? [];
          users.push(app);
          byRepository.set(repoURL, users);
        }
      }
    }
    const result = new Set<Application>();
    await Promise.all(
      [...byRepository].map(async ([url, users]) => {
        const heads = await this.#git.refs(url, { fresh: true }).then(
          refs => JSON.stringify([...refs]),
          (error: unknown) => String(error),
        );
        if (this.#heads.get(url) !== heads) {
          this.#heads.set(url, heads);
          users.forEach(app => result.add(app));
        }
      }),
    );
    return result;
  }
}

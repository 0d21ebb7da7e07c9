import type { Request, Router } from 'express';
import { GitHostError, NotFoundError } from '../errors';
import { handler, queryText } from '../http';
import { isCommitId, isRefName, parseRepositoryPath } from '../names';
import { countLog, readLog } from '../repositories/history';
import { ObjectReader } from '../repositories/ObjectReader';
import { resolveRef } from '../repositories/objects';
import type { HostedRepository } from '../repositories/Repositories';
import { MAX_LIMIT, pageOf, setPageHeaders } from './paging';
import type { GitHostOptions } from '../GitHostOptions';
import { toCommit } from './shapes';

/** Commits: one, a list, and those between two. */
export function registerCommitRoutes(
  router: Router,
  { git, access, links }: GitHostOptions,
): void {
  const resolve = async (
    { gitDir }: HostedRepository,
    names: readonly string[],
  ): Promise<string[]> =>
    await ObjectReader.use(git, gitDir, async reader => {
      const ids: string[] = [];
      for (const name of names) {
        const ref = await resolveRef(reader, name);
        if (!ref) {
          throw new NotFoundError(
            `object does not exist [id: ${name}, rel_path: ]`,
          );
        }
        ids.push(ref.commitId);
      }
      return ids;
    });

  router.get(
    '/repos/:owner/:repo/git/commits/*',
    handler(async (req, res) => {
      const repository = await access.repository(req);
      const name = req.params[0];
      if (!isRefName(name) && !isCommitId(name)) {
        throw new GitHostError(422, `no valid ref or sha: ${name}`);
      }
      const [from] = await resolve(repository, [name]);
      const parts = partsOf(req);
      const [commit] = await readLog(git, repository.gitDir, {
        from,
        limit: 1,
        files: parts.files || parts.stat,
      });
      res.json(toCommit(commit, repository, links, parts));
    }),
  );

  router.get(
    '/repos/:owner/:repo/commits',
    handler(async (req, res) => {
      const repository = await access.repository(req);
      const details = await access.repositories.details(repository);
      if (details.empty) {
        throw new GitHostError(409, 'Git Repository is empty.');
      }
      const not = queryText(req, 'not');
      const [from, exclude] = await resolve(repository, [
        queryText(req, 'sha') ?? details.defaultBranch,
        ...(not ? [not] : []),
      ]);
      const path = parseRepositoryPath(queryText(req, 'path') ?? '');
      // Gitea ignores `limit` together with `path`.
      const page = {
        ...pageOf(req),
        ...(path.length > 0 ? { limit: MAX_LIMIT } : {}),
      };
      const parts = partsOf(req);
      const [total, commits] = await Promise.all([
        countLog(git, repository.gitDir, { from, exclude, path }),
        readLog(git, repository.gitDir, {
          from,
          exclude,
          path,
          skip: (page.page - 1) * page.limit,
          limit: page.limit,
          files: parts.files || parts.stat,
        }),
      ]);
      if (path.length > 0 && total === 0) {
        throw new NotFoundError("The target couldn't be found.");
      }
      setPageHeaders(req, res, page, total, links);
      const pages = Math.ceil(total / page.limit);
      res.setHeader('x-page', String(page.page));
      res.setHeader('x-perpage', String(page.limit));
      res.setHeader('x-total', String(total));
      res.setHeader('x-pagecount', String(pages));
      res.setHeader('x-hasmore', String(page.page < pages));
      res.json(commits.map(it => toCommit(it, repository, links, parts)));
    }),
  );

  router.get(
    '/repos/:owner/:repo/compare/*',
    handler(async (req, res) => {
      const repository = await access.repository(req);
      const [, base, head] = /^(.+?)\.\.\.?(.+)$/.exec(req.params[0]) ?? [];
      if (!base) {
        throw new NotFoundError('compare needs <base>...<head>');
      }
      const [exclude, from] = await resolve(repository, [base, head]);
      const [total, commits] = await Promise.all([
        countLog(git, repository.gitDir, { from, exclude }),
        readLog(git, repository.gitDir, {
          from,
          exclude,
          // Gitea sends all of them; this keeps a mistake affordable.
          limit: 1000,
          files: true,
        }),
      ]);
      res.json({
        total_commits: total,
        commits: commits.map(it =>
          toCommit(it, repository, links, {
            files: true,
            stat: true,
            verification: true,
          }),
        ),
      });
    }),
  );
}

/** What of a commit is wanted: everything that isn't switched off. */
function partsOf(req: Request) {
  const wanted = (name: string) =>
    !['false', '0'].includes(queryText(req, name) ?? 'true');
  return {
    stat: wanted('stat'),
    files: wanted('files'),
    verification: wanted('verification'),
  };
}

import { Router, type Request, type Response } from 'express';
import { NotFoundError, UnauthorizedError } from './errors';
import type { GitHostContext } from './GitHostContext';
import { handler } from './http';
import { isCommitId, parseRepositoryPath } from './names';
import {
  readObjects,
  resolveCommit,
  resolveCommitAndPath,
  type RefKind,
} from './repositories/objects';
import type { HostedRepository } from './repositories/Repositories';

const RECENT_COMMITS = 20;

/** Where links made for a Gitea lead: what git itself prints there, as plain text. */
export function createPagesRouter(context: GitHostContext): Router {
  const { git, access, baseUrl } = context;
  const router = Router();

  const show = async (
    res: Response,
    { gitDir }: HostedRepository,
    ...args: string[]
  ) => {
    const output = await git.run(['--no-pager', ...args], { gitDir });
    sendText(res, output);
  };

  router.get(
    '/',
    handler(async (_req, res) => {
      const owners = await access.repositories.owners();
      sendText(res, lines(owners.map(it => `${baseUrl()}/${it}`)));
    }),
  );
  router.get(
    '/:owner',
    handler(async (req, res) => {
      const owner = await access.repositories.findOwner(req.params.owner);
      if (!owner) {
        throw new NotFoundError('There is no such user or organization.');
      }
      const visible = await access.visible(req, owner);
      sendText(
        res,
        lines(visible.map(it => `${baseUrl()}/${owner}/${it.name}`)),
      );
    }),
  );
  router.get(
    '/:owner/:repo',
    handler(async (req, res) => {
      const repository = await repositoryOfPage(context, req);
      const { empty, defaultBranch } = await access.repositories.details(
        repository,
      );
      if (empty) {
        sendText(res, 'This repository is empty.\n');
        return;
      }
      await show(
        res,
        repository,
        'log',
        `--max-count=${RECENT_COMMITS}`,
        '--stat',
        `refs/heads/${defaultBranch}`,
        '--',
      );
    }),
  );
  router.get(
    '/:owner/:repo/commit/:sha',
    handler(async (req, res) => {
      const repository = await repositoryOfPage(context, req);
      const { sha } = req.params;
      const commitId =
        isCommitId(sha) &&
        (await resolveCommit(git, repository.gitDir, sha, ['commit']));
      if (!commitId) {
        throw new NotFoundError('There is no such commit.');
      }
      await show(res, repository, 'show', '--stat', '--patch', commitId, '--');
    }),
  );
  router.get(
    '/:owner/:repo/src/:kind(branch|tag|commit)/*',
    handler(async (req, res) => {
      const repository = await repositoryOfPage(context, req);
      const segments = parseRepositoryPath(req.params[0]);
      const found = await resolveCommitAndPath(
        git,
        repository.gitDir,
        kindOf(req.params.kind),
        segments,
      );
      const place = found && `${found.commitId}:${found.path.join('/')}`;
      const [object] = place
        ? await readObjects(git, repository.gitDir, [place])
        : [];
      if (!object) {
        throw new NotFoundError(`There is no ${segments.join('/')}.`);
      }
      await show(res, repository, 'show', object.id);
    }),
  );
  // Where "edit" links lead: there is no editor here, so the file is shown.
  router.get(
    '/:owner/:repo/_edit/*',
    handler((req, res) => {
      const { owner, repo } = req.params;
      const path = parseRepositoryPath(req.params[0]).map(encodeURIComponent);
      res.redirect(
        `${baseUrl()}/${owner}/${repo}/src/branch/${path.join('/')}`,
      );
    }),
  );
  return router;
}

/**
 * The repository of a page. Unlike the API, which hides what is private, a
 * page asks a visitor for a name and a password: a browser sends none before.
 */
async function repositoryOfPage(
  { access }: GitHostContext,
  req: Request,
): Promise<HostedRepository> {
  const { owner, repo } = req.params;
  const name = repo.replace(/\.git$/, '');
  const viewer = access.viewer(req);
  const repository = await access.repositories.find(owner, name);
  if (repository && access.accounts.canRead(viewer, repository)) {
    return repository;
  }
  if (repository && !viewer) {
    throw new UnauthorizedError('This repository is private: sign in.');
  }
  throw new NotFoundError('There is no such repository.');
}

function kindOf(kind: string): RefKind {
  return kind === 'branch' || kind === 'tag' ? kind : 'commit';
}

function lines(texts: readonly string[]): string {
  return texts.map(it => `${it}\n`).join('');
}

/** Sends text so that a browser takes nothing of it for markup. */
export function sendText(res: Response, text: string | Buffer): void {
  res.setHeader('content-type', 'text/plain; charset=utf-8');
  res.setHeader('x-content-type-options', 'nosniff');
  res.end(text);
}

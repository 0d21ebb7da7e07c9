import { Router, type Response } from 'express';
import { NotFoundError } from './errors';
import { repositoryOf, type GitHostContext } from './GitHostContext';
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

/** The targets of links made for Gitea: git's own output as plain text. */
export function createPagesRouter(context: GitHostContext): Router {
  const { git, repositories, baseUrl } = context;
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
      const owners = await repositories.owners();
      sendText(res, lines(owners.map(it => `${baseUrl()}/${it}`)));
    }),
  );
  router.get(
    '/:owner',
    handler(async (req, res) => {
      const owner = await repositories.findOwner(req.params.owner);
      if (!owner) {
        throw new NotFoundError('There is no such user or organization.');
      }
      const owned = await repositories.list(owner);
      sendText(res, lines(owned.map(it => `${baseUrl()}/${owner}/${it.name}`)));
    }),
  );
  router.get(
    '/:owner/:repo',
    handler(async (req, res) => {
      const repository = await repositoryOf(context, req);
      const { empty, defaultBranch } = await repositories.details(repository);
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
      const repository = await repositoryOf(context, req);
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
      const repository = await repositoryOf(context, req);
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
  // The target of "edit" links. There is no editor here, so the file is shown.
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

function kindOf(kind: string): RefKind {
  return kind === 'branch' || kind === 'tag' ? kind : 'commit';
}

function lines(texts: readonly string[]): string {
  return texts.map(it => `${it}\n`).join('');
}

/** Sends text so that a browser never interprets it as markup. */
export function sendText(res: Response, text: string | Buffer): void {
  res.setHeader('content-type', 'text/plain; charset=utf-8');
  res.setHeader('x-content-type-options', 'nosniff');
  res.end(text);
}

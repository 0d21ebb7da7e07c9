import type { Request, Response, Router } from 'express';
import { sendArchive } from '../archive';
import { GitHostError, NotFoundError } from '../errors';
import { handler, queryText } from '../http';
import { readBranches } from '../repositories/branches';
import type { HostedRepository } from '../repositories/Repositories';
import { parseCreateRepository } from './createRepository';
import { findOrganization, signedIn } from './owners';
import { sendPage } from './paging';
import type { GitHostOptions } from '../GitHostOptions';
import { toBranch, toRepository } from './shapes';

/** Repositories, their branches and archives. */
export function registerRepositoryRoutes(
  router: Router,
  { git, access, links }: GitHostOptions,
): void {
  const { accounts, repositories } = access;

  const shape = async (req: Request, repository: HostedRepository) =>
    toRepository(
      repository,
      await repositories.details(repository),
      {
        pull: true,
        push: accounts.canWrite(access.viewer(req), repository),
      },
      links,
    );
  const sendList = async (req: Request, res: Response, owner?: string) => {
    const visible = await access.visible(req, owner);
    const page = sendPage(req, res, visible, links);
    return await Promise.all(page.map(it => shape(req, it)));
  };
  const create = async (req: Request, res: Response, owner: string) => {
    const created = await repositories.create({
      owner,
      ...parseCreateRepository(req.body, signedIn(access, req)),
    });
    res.status(201).json(await shape(req, created));
  };

  router.post(
    '/user/repos',
    handler(async (req, res) => {
      const viewer = signedIn(access, req);
      if (!accounts.canCreateIn(viewer, viewer.username)) {
        throw new GitHostError(
          403,
          'Given user is not allowed to create repositories.',
        );
      }
      await create(req, res, viewer.username);
    }),
  );
  router.post(
    ['/orgs/:org/repos', '/org/:org/repos'],
    handler(async (req, res) => {
      const viewer = signedIn(access, req);
      const org = await findOrganization(access, req.params.org);
      if (!accounts.canCreateIn(viewer, org)) {
        throw new GitHostError(
          403,
          'Given user is not allowed to create repository in organization.',
        );
      }
      await create(req, res, org);
    }),
  );
  router.get(
    '/user/repos',
    handler(async (req, res) => {
      res.json(await sendList(req, res, signedIn(access, req).username));
    }),
  );
  router.get(
    '/orgs/:org/repos',
    handler(async (req, res) => {
      const org = await findOrganization(access, req.params.org);
      res.json(await sendList(req, res, org));
    }),
  );
  router.get(
    '/users/:username/repos',
    handler(async (req, res) => {
      res.json(await sendList(req, res, req.params.username));
    }),
  );
  router.get(
    '/repos/search',
    handler(async (req, res) => {
      const wanted = queryText(req, 'q')?.toLowerCase() ?? '';
      const found = (await access.visible(req)).filter(it =>
        it.name.toLowerCase().includes(wanted),
      );
      const page = sendPage(req, res, found, links);
      res.json({
        ok: true,
        data: await Promise.all(page.map(it => shape(req, it))),
      });
    }),
  );
  router.get(
    '/repos/:owner/:repo',
    handler(async (req, res) => {
      res.json(await shape(req, await access.repository(req)));
    }),
  );
  router.delete(
    '/repos/:owner/:repo',
    handler(async (req, res) => {
      const viewer = signedIn(access, req);
      const repository = await access.repository(req);
      if (!accounts.canWrite(viewer, repository)) {
        throw new GitHostError(
          403,
          'user should be an owner or a collaborator with admin write of a repository',
        );
      }
      await repositories.remove(repository);
      res.status(204).end();
    }),
  );
  router.get(
    '/repos/:owner/:repo/branches',
    handler(async (req, res) => {
      const repository = await access.repository(req);
      const branches = await readBranches(git, repository.gitDir);
      const canPush = accounts.canWrite(access.viewer(req), repository);
      res.json(
        sendPage(req, res, branches, links).map(it =>
          toBranch(it, repository, canPush, links),
        ),
      );
    }),
  );
  router.get(
    '/repos/:owner/:repo/branches/*',
    handler(async (req, res) => {
      const repository = await access.repository(req);
      const name = req.params[0];
      const branch = (await readBranches(git, repository.gitDir)).find(
        it => it.name === name,
      );
      if (!branch) {
        throw new NotFoundError(`branch does not exist [name: ${name}]`);
      }
      const canPush = accounts.canWrite(access.viewer(req), repository);
      res.json(toBranch(branch, repository, canPush, links));
    }),
  );
  router.get(
    '/repos/:owner/:repo/archive/*',
    handler(async (req, res) => {
      const repository = await access.repository(req);
      await sendArchive(git, repository, req.params[0], res);
    }),
  );
}

import {
  Router,
  type NextFunction,
  type Request,
  type Response,
} from 'express';
import type { PartLogger } from '../../part';
import { NotFoundError, toRefusal, UnauthorizedError } from '../errors';
import type { GitCommands } from '../GitCommands';
import { CHALLENGE, handler } from '../http';
import type { Links } from '../Links';
import type { HostedRepository } from '../repositories/Repositories';
import type { RepositoryAccess } from '../RepositoryAccess';
import { registerCommitPages } from './commits';
import { html } from './html';
import { sendPage } from './layout';
import { registerOwnerPages } from './owners';
import { registerSourcePages } from './source';

export interface PagesOptions {
  git: GitCommands;
  access: RepositoryAccess;
  links: Links;
  logger: PartLogger;
}

/** Plain pages at the URLs that Gitea has, so that links made for a Gitea open here. */
export function createPagesRouter(options: PagesOptions): Router {
  const router = Router();
  registerOwnerPages(router, options);
  registerCommitPages(router, options);
  registerSourcePages(router, options);
  router.use(
    handler(() => {
      throw new NotFoundError('There is no such page on this Git host.');
    }),
  );
  router.use(
    (error: unknown, _req: Request, res: Response, _next: NextFunction) => {
      const { status, message } = toRefusal(error);
      if (status === 500) {
        options.logger.error(`Git host's page failed: ${error}`);
      }
      if (res.headersSent) {
        res.destroy();
        return;
      }
      if (status === 401) {
        res.setHeader('www-authenticate', CHALLENGE);
      }
      sendPage(res, {
        status,
        title: `${status}`,
        body: html`<h1>${status}</h1>
          <p>${message}</p>`,
      });
    },
  );
  return router;
}

/**
 * The repository of a page. Unlike the API, which hides what is private, a
 * page asks a visitor for a name and a password: in a browser there is no
 * other way to give them.
 */
export async function repositoryOfPage(
  { access }: PagesOptions,
  req: Request,
): Promise<HostedRepository> {
  const viewer = access.viewer(req);
  const { owner, repo } = req.params;
  const repository = await access.repositories.find(owner, repo);
  if (repository && !viewer && !access.accounts.canRead(viewer, repository)) {
    throw new UnauthorizedError(
      `${repository.owner}/${repository.name} is private: sign in to read it.`,
    );
  }
  return await access.repository(req);
}

import {
  Router,
  type NextFunction,
  type Request,
  type Response,
} from 'express';
import { NotFoundError, toRefusal } from '../errors';
import type { GitHostOptions } from '../GitHostOptions';
import { CHALLENGE, handler } from '../http';
import { registerCommitPages } from './commits';
import { html } from './html';
import { sendPage } from './layout';
import { registerOwnerPages } from './owners';
import { registerSourcePages } from './source';

/** Plain pages at the URLs that Gitea has, so that links made for a Gitea open here. */
export function createPagesRouter(options: GitHostOptions): Router {
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

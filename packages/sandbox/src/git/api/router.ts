import {
  Router,
  json,
  type NextFunction,
  type Request,
  type Response,
} from 'express';
import { NotFoundError, toRefusal } from '../errors';
import type { GitHostOptions } from '../GitHostOptions';
import { CHALLENGE, handler } from '../http';
import { registerCommitRoutes } from './commits';
import { registerContentRoutes } from './contents';
import { registerOwnerRoutes } from './owners';
import { registerRepositoryRoutes } from './repositories';

/** The Gitea version whose answers these are. */
const VERSION = '1.24.0';

/** The part of Gitea's REST API that the portal's actions and readers use, below `/api/v1`. */
export function createApiRouter(options: GitHostOptions): Router {
  const router = Router();
  router.use(json());
  router.get('/version', (_req, res) => {
    res.json({ version: VERSION });
  });
  registerOwnerRoutes(router, options);
  registerRepositoryRoutes(router, options);
  registerContentRoutes(router, options);
  registerCommitRoutes(router, options);
  router.use(
    handler(req => {
      throw new NotFoundError(
        `${req.method} ${req.baseUrl}${req.path} isn't part of this host's API`,
      );
    }),
  );
  router.use(
    (error: unknown, _req: Request, res: Response, _next: NextFunction) => {
      const { status, message } = toRefusal(error);
      if (status === 500) {
        options.logger.error(`Git host's API failed: ${error}`);
      }
      if (res.headersSent) {
        res.destroy();
        return;
      }
      if (status === 401) {
        res.setHeader('www-authenticate', CHALLENGE);
      }
      res.status(status).json({ message, url: options.links.swagger });
    },
  );
  return router;
}

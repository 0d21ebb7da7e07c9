import { json, Router } from 'express';
import { HttpError } from '../../http/messages';
import { type GitHostContext, handler, refusals } from '../context';
import { registerContentRoutes } from './contents';
import { registerHistoryRoutes } from './history';
import { registerPullRoutes } from './pulls';
import { registerRepositoryRoutes } from './repositories';

/**
 * The part of Gitea's REST API (as of 1.24) that Backstage's `publish:gitea` and URL reader,
 * the delivery backend, the sandbox's CI and the system tests call, below
 * `/api/v1`.
 */
export function createApiRouter(context: GitHostContext): Router {
  const router = Router();
  router.use(json());
  registerRepositoryRoutes(router, context);
  registerContentRoutes(router, context);
  registerHistoryRoutes(router, context);
  registerPullRoutes(router, context);
  router.use(
    handler(req => {
      throw new HttpError(
        404,
        `${req.method} ${req.baseUrl}${req.path} isn't part of this host's API`,
      );
    }),
  );
  router.use(
    refusals(context.logger, (res, message) => {
      res.json({ message, url: `${context.baseUrl()}/api/swagger` });
    }),
  );
  return router;
}

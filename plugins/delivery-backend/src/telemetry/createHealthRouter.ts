import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { type Request, type Response, Router } from 'express';
import type { Health } from './readHealth';

const HEALTH_PATH = '/v1/health';

/**
 * `GET /v1/health` for monitoring. It requires service credentials, since the
 * response contains names of Argo CD instances. The status is 200 even if something
 * is degraded: one unreachable Argo CD must not make the portal count as unhealthy.
 *
 * @internal
 */
export function createHealthRouter(options: {
  httpAuth: HttpAuthService;
  readHealth: () => Promise<Health>;
}): Router {
  const { httpAuth, readHealth } = options;
  const answer = async (req: Request, res: Response) => {
    await httpAuth.credentials(req, { allow: ['service'] });
    res.json(await readHealth());
  };
  const router = Router();
  router.get(HEALTH_PATH, (req, res, next) => {
    answer(req, res).catch(next);
  });
  return router;
}

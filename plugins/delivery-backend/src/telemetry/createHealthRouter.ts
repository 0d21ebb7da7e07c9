import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { type Request, type Response, Router } from 'express';
import type { Health } from './readHealth';

const HEALTH_PATH = '/v1/health';

/**
 * `GET /v1/health` for monitoring, with the credentials of a service since it
 * names Argo CD instances. It is answered 200 whether something is degraded or
 * not: one Argo CD that is away must not have the portal taken for ill.
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

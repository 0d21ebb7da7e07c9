import { getOpenApiSpecRoute } from '@backstage/backend-openapi-utils';
import { Router } from 'express';
import { spec } from '../schema/openapi/generated/router';
import { sendAnswer } from './sendAnswer';

/**
 * Serves the OpenAPI description of the plugin, with the paths that callers use. It
 * has some 50 KB, so it is put together and serialized once.
 *
 * @internal
 */
export function createDescription(): Router {
  const router = Router();
  let current: { baseUrl: string; description: object } | undefined;
  router.get(getOpenApiSpecRoute(''), (req, res, next) => {
    const { baseUrl } = req;
    if (current?.baseUrl !== baseUrl) {
      current = { baseUrl, description: describe(baseUrl) };
    }
    sendAnswer(req, res, current.description).catch(next);
  });
  return router;
}

function describe(baseUrl: string): object {
  return {
    ...spec,
    paths: Object.fromEntries(
      Object.entries(spec.paths).map(([path, operations]) => [
        `${baseUrl}${path}`,
        operations,
      ]),
    ),
  };
}

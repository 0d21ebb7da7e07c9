import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { createValidatedOpenApiRouterFromGeneratedEndpointMap } from '@backstage/backend-openapi-utils';
import type { Router } from 'express';
import type { DeliveryService } from '@landfall/backstage-plugin-delivery-node';
import { spec } from '../schema/openapi/generated/router';
import type { EndpointMap } from './endpoints';
import { parseImagesQuery, parsePromotionsQuery } from './parseQuery';

/**
 * The plugin's REST API, as `src/schema/openapi.yaml` describes it.
 *
 * @internal
 */
export function createRouter(options: {
  httpAuth: HttpAuthService;
  service: DeliveryService;
  /** Validates responses, too; for tests. */
  validateResponses?: boolean;
}): Router {
  const { httpAuth, service, validateResponses = false } = options;
  const router =
    createValidatedOpenApiRouterFromGeneratedEndpointMap<EndpointMap>(spec, {
      validatorOptions: { validateResponses },
    });

  router.get(
    '/v1/entities/:kind/:namespace/:name/deployments',
    async (req, res) => {
      const credentials = await httpAuth.credentials(req);
      res.json(await service.getDeployments(req.params, { credentials }));
    },
  );

  router.get(
    '/v1/entities/:kind/:namespace/:name/promotions',
    async (req, res) => {
      const credentials = await httpAuth.credentials(req);
      const query = parsePromotionsQuery(req.query);
      res.json(await service.getPromotions(req.params, query, { credentials }));
    },
  );

  router.get('/v1/entities/:kind/:namespace/:name/images', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const query = parseImagesQuery(req.query);
    res.json(await service.getImages(req.params, query, { credentials }));
  });

  router.get('/v1/instances', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json({ items: await service.getInstances({ credentials }) });
  });

  return router;
}

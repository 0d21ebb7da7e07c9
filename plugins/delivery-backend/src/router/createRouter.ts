import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { createValidatedOpenApiRouterFromGeneratedEndpointMap } from '@backstage/backend-openapi-utils';
import { Router } from 'express';
import type { DeliveryService } from '@landfall/backstage-plugin-delivery-node';
import { spec } from '../schema/openapi/generated/router';
import type { ActionService } from '../service/actions/types';
import type { VersionChangeService } from '../service/versionChanges/types';
import type { ApplicationService } from '../service/application/types';
import { addActionRoutes } from './actionRoutes';
import { addApplicationRoutes } from './applicationRoutes';
import { createDescription } from './createDescription';
import type { EndpointMap } from './endpoints';
import { addVersionChangeRoutes } from './versionChangeRoutes';
import {
  parseFleetQuery,
  parseImagesQuery,
  parseImageUsersQuery,
  parsePerformanceQuery,
  parsePromotionsQuery,
  parseVersionsQuery,
  parseWouldUpdateQuery,
} from './parseQuery';
import { sendAnswer } from './sendAnswer';

/**
 * The plugin's REST API, as `src/schema/openapi.yaml` describes it.
 *
 * @internal
 */
export function createRouter(options: {
  httpAuth: HttpAuthService;
  service: DeliveryService;
  applications: ApplicationService;
  /** Without it, nothing can be changed. */
  actions?: ActionService;
  versionChanges?: VersionChangeService;
  /** Validates responses, too; for tests. */
  validateResponses?: boolean;
}): Router {
  const {
    httpAuth,
    service,
    applications,
    actions,
    versionChanges,
    validateResponses = false,
  } = options;
  const router =
    createValidatedOpenApiRouterFromGeneratedEndpointMap<EndpointMap>(spec, {
      validatorOptions: { validateResponses },
    });
  const sending = { asJson: validateResponses };

  router.get(
    '/v1/entities/:kind/:namespace/:name/overview',
    async (req, res) => {
      const credentials = await httpAuth.credentials(req);
      const answer = await service.getOverview(req.params, { credentials });
      await sendAnswer(req, res, answer, sending);
    },
  );

  router.get(
    '/v1/entities/:kind/:namespace/:name/deployments',
    async (req, res) => {
      const credentials = await httpAuth.credentials(req);
      const answer = await service.getDeployments(req.params, { credentials });
      await sendAnswer(req, res, answer, sending);
    },
  );

  router.get(
    '/v1/entities/:kind/:namespace/:name/promotions',
    async (req, res) => {
      const credentials = await httpAuth.credentials(req);
      const query = parsePromotionsQuery(req.query);
      const answer = await service.getPromotions(req.params, query, {
        credentials,
      });
      await sendAnswer(req, res, answer, sending);
    },
  );

  router.get('/v1/entities/:kind/:namespace/:name/images', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const query = parseImagesQuery(req.query);
    const answer = await service.getImages(req.params, query, { credentials });
    await sendAnswer(req, res, answer, sending);
  });

  router.get(
    '/v1/entities/:kind/:namespace/:name/versions',
    async (req, res) => {
      const credentials = await httpAuth.credentials(req);
      const query = parseVersionsQuery(req.query);
      const answer = await service.getVersions(req.params, query, {
        credentials,
      });
      await sendAnswer(req, res, answer, sending);
    },
  );

  router.get(
    '/v1/entities/:kind/:namespace/:name/would-update',
    async (req, res) => {
      const credentials = await httpAuth.credentials(req);
      const query = parseWouldUpdateQuery(req.query);
      const answer = await service.getWouldUpdate(req.params, query, {
        credentials,
      });
      await sendAnswer(req, res, answer, sending);
    },
  );

  router.get('/v1/image-users', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const query = parseImageUsersQuery(req.query);
    const answer = await service.getImageUsers(query, { credentials });
    await sendAnswer(req, res, answer, sending);
  });

  router.get('/v1/fleet', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const query = parseFleetQuery(req.query);
    const answer = await service.getFleet(query, { credentials });
    await sendAnswer(req, res, answer, sending);
  });

  router.get('/v1/performance', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const query = parsePerformanceQuery(req.query);
    const answer = await service.getPerformance(query, { credentials });
    await sendAnswer(req, res, answer, sending);
  });

  router.get('/v1/instances', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const items = await service.getInstances({ credentials });
    await sendAnswer(req, res, { items }, sending);
  });

  addApplicationRoutes(router, { httpAuth, service: applications, sending });
  if (actions) {
    addActionRoutes(router, { httpAuth, service: actions, sending });
  }
  if (versionChanges) {
    addVersionChangeRoutes(router, { httpAuth, service: versionChanges });
  }

  // First, so that the description isn't put together for each request.
  return Router().use(createDescription(), router);
}

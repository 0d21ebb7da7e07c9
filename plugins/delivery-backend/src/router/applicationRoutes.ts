import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { createValidatedOpenApiRouterFromGeneratedEndpointMap } from '@backstage/backend-openapi-utils';
import type {
  ApplicationService,
  EntityApplicationRef,
} from '../service/application/types';
import type { ApplicationPath, EndpointMap } from './endpoints';
import { parseDiffQuery, parseEventsQuery } from './parseQuery';
import { sendAnswer } from './sendAnswer';

/** @internal */
export const APPLICATION =
  '/v1/entities/:kind/:namespace/:name/applications/:instance/:applicationNamespace/:applicationName';

/** @internal */
export type ValidatedRouter = ReturnType<
  typeof createValidatedOpenApiRouterFromGeneratedEndpointMap<EndpointMap>
>;

/**
 * The details of single applications. They are always found through an entity,
 * whose annotations and access rules decide about them.
 *
 * @internal
 */
export function addApplicationRoutes(
  router: ValidatedRouter,
  options: {
    httpAuth: HttpAuthService;
    service: ApplicationService;
    sending: { asJson: boolean };
  },
): void {
  const { httpAuth, service, sending } = options;

  router.get(APPLICATION, async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const answer = await service.getApplication(toRef(req.params), {
      credentials,
    });
    await sendAnswer(req, res, answer, sending);
  });

  router.get(`${APPLICATION}/resources`, async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const answer = await service.getResources(toRef(req.params), {
      credentials,
    });
    await sendAnswer(req, res, answer, sending);
  });

  router.get(`${APPLICATION}/diff`, async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const query = parseDiffQuery(req.query);
    const answer = await service.getDiff(toRef(req.params), query, {
      credentials,
    });
    await sendAnswer(req, res, answer, sending);
  });

  router.get(`${APPLICATION}/events`, async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const query = parseEventsQuery(req.query);
    const answer = await service.getEvents(toRef(req.params), query, {
      credentials,
    });
    await sendAnswer(req, res, answer, sending);
  });
}

/** @internal */
export function toRef({
  kind,
  namespace,
  name,
  instance,
  applicationNamespace,
  applicationName,
}: ApplicationPath): EntityApplicationRef {
  return {
    entity: { kind, namespace, name },
    application: {
      instance,
      namespace: applicationNamespace,
      name: applicationName,
    },
  };
}

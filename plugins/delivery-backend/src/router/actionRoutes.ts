import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { ActionService } from '../service/actions/types';
import { auditRecords } from './actionGuard';
import { APPLICATION, toRef, type ValidatedRouter } from './applicationRoutes';
import {
  parseActionId,
  parseActionRequest,
  parseDecision,
  parseIdempotencyKey,
} from './parseAction';
import { parseActionsQuery } from './parseQuery';
import { sendAnswer } from './sendAnswer';

const ENTITY = '/v1/entities/:kind/:namespace/:name';

/**
 * What people do with single applications. They are always found through an entity,
 * which has to own them provably.
 *
 * @internal
 */
export function addActionRoutes(
  router: ValidatedRouter,
  options: {
    httpAuth: HttpAuthService;
    service: ActionService;
    sending: { asJson: boolean };
  },
): void {
  const { httpAuth, service, sending } = options;

  router.get(`${APPLICATION}/actions`, async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const answer = await service.getAvailable(toRef(req.params), {
      credentials,
    });
    await sendAnswer(req, res, answer, sending);
  });

  router.post(`${APPLICATION}/actions`, async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const idempotencyKey = parseIdempotencyKey(req.get('Idempotency-Key'));
    const record = await service.start(
      toRef(req.params),
      parseActionRequest(req.body),
      { credentials, idempotencyKey },
    );
    await auditRecords(res, [record]);
    res.json(record);
  });

  router.get(`${ENTITY}/actions`, async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const query = parseActionsQuery(req.query);
    const answer = await service.list(req.params, query, { credentials });
    await sendAnswer(req, res, answer, sending);
  });

  router.post(`${ENTITY}/actions/:actionId/decision`, async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const { actionId, ...entity } = req.params;
    const record = await service.decide(
      entity,
      { id: parseActionId(actionId), ...parseDecision(req.body) },
      { credentials },
    );
    await auditRecords(res, [record]);
    res.json(record);
  });
}

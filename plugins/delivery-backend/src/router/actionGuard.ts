import type {
  AuditorService,
  AuditorServiceEvent,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { CustomErrorBase, NotFoundError, toError } from '@backstage/errors';
import type { ActionRecord } from '@landfall/backstage-plugin-delivery-common';
import express, {
  type ErrorRequestHandler,
  type RequestHandler,
  type Response,
  Router,
} from 'express';
import { rateLimit } from 'express-rate-limit';

/**
 * All requests that change something, and the preview of a change. Express ignores
 * case and a slash at the end, so this does, too.
 */
const PATHS = [
  /^\/v1\/entities\/.*\/actions(\/|$)/i,
  /^\/v1\/version-changes(\/|$)/i,
];

/** Of a change of versions in some hundred applications. */
const MAX_BODY = '128kb';

/** For each caller and replica. */
const LIMIT = { windowMs: 10_000, limit: 30 };

const EVENT = 'landfallAuditEvent';

class UnsupportedMediaTypeError extends CustomErrorBase {
  override name = 'UnsupportedMediaTypeError';
  readonly statusCode = 415;
}

class TooManyRequestsError extends CustomErrorBase {
  override name = 'TooManyRequestsError';
  readonly statusCode = 429;
}

const requireJson: RequestHandler = (req, _res, next) =>
  next(
    req.is('application/json')
      ? undefined
      : new UnsupportedMediaTypeError(
          'The body has to be JSON: send the header Content-Type: application/json',
        ),
  );

const auditFailure: ErrorRequestHandler = (error, _req, res, next) => {
  const event = takeEvent(res);
  if (!event) {
    next(error);
    return;
  }
  event.fail({ error: toError(error) }).then(() => next(error), next);
};

/** @internal */
export interface ActionGuardOptions {
  auditor: AuditorService;
  httpAuth: HttpAuthService;
  /** How many requests each caller may make in 10 seconds. */
  limit?: number;
}

/**
 * Adds to the routes what every request that changes something needs: each is audited,
 * whatever becomes of it; each caller may make a few per second; and only small bodies
 * of JSON are read, so that no form of another site can send one.
 *
 * @internal
 */
export function guardActions(
  routes: Router,
  options: ActionGuardOptions,
): Router {
  const { auditor, httpAuth, limit = LIMIT.limit } = options;
  return Router()
    .post(
      PATHS,
      audited(auditor),
      rateLimit({
        windowMs: LIMIT.windowMs,
        limit,
        standardHeaders: 'draft-7',
        legacyHeaders: false,
        keyGenerator: async req => {
          const { principal } = await httpAuth.credentials(req);
          return JSON.stringify(principal);
        },
        handler: (_req, _res, next) =>
          next(
            new TooManyRequestsError(
              `You may make ${limit} such requests in ${
                LIMIT.windowMs / 1000
              } seconds. Try again in a moment`,
            ),
          ),
      }),
      requireJson,
      express.json({ limit: MAX_BODY }),
    )
    .use(routes)
    .post(PATHS, (_req, _res, next) =>
      next(new NotFoundError('There is no such endpoint')),
    )
    .use(auditFailure);
}

/**
 * Audits what became of actions. To be called before the answer is sent.
 *
 * @internal
 */
export async function auditRecords(
  res: Pick<Response, 'locals'>,
  records: readonly ActionRecord[],
): Promise<void> {
  const event = takeEvent(res);
  const meta = {
    actions: records.map(record => ({
      id: record.id,
      action: record.action,
      application: { ...record.application },
      state: record.state,
      user: record.user,
      approver: record.approver ?? null,
      reason: record.reason ?? null,
      options: JSON.stringify(record.options ?? {}),
      version: JSON.stringify(record.version ?? {}),
      change: record.change?.url ?? null,
      message: record.message ?? null,
    })),
  };
  const failed = records.find(
    ({ state }) => state === 'failed' || state === 'unknown',
  );
  if (failed) {
    await event?.fail({
      error: new Error(failed.message ?? `The action is ${failed.state}`),
      meta,
    });
  } else {
    await event?.success({ meta });
  }
}

function audited(auditor: AuditorService): RequestHandler {
  return (req, res, next) => {
    auditor
      .createEvent({
        eventId: 'action',
        severityLevel: 'medium',
        request: req,
        meta: { path: req.path },
      })
      .then(event => {
        res.locals[EVENT] = event;
        // Of an answer without records, such as a preview.
        res.on('finish', () => {
          takeEvent(res)
            ?.success()
            .catch(() => {});
        });
        next();
      }, next);
  };
}

/** An event ends once. */
function takeEvent({
  locals,
}: Pick<Response, 'locals'>): AuditorServiceEvent | undefined {
  const event: AuditorServiceEvent | undefined = locals[EVENT];
  locals[EVENT] = undefined;
  return event;
}

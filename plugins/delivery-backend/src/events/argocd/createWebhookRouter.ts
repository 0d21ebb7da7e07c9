import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import { type ErrorResponseBody, isError } from '@backstage/errors';
import express, {
  type ErrorRequestHandler,
  type Response,
  Router,
} from 'express';
import type { ArgoCdWebhook } from '../../config/readArgoCdWebhooks';
import type { DeliveryMetrics } from '../../telemetry/DeliveryMetrics';
import { RateLimitedWarning } from '../../telemetry/RateLimitedWarning';
import { isAuthentic } from './isAuthentic';
import { parseNotification } from './parseNotification';

/** @internal */
export const WEBHOOK_PATH = '/v1/webhooks/argocd';

/**
 * A notification needs no more: whatever it contains, the application is read
 * from Argo CD.
 */
const MAX_BYTES = 64 * 1024;

/** Error names by status. */
const REFUSALS = {
  400: 'InputError',
  403: 'NotAllowedError',
  405: 'MethodNotAllowedError',
  413: 'PayloadTooLargeError',
} as const;

/**
 * Receives the posts of argocd-notifications at `/v1/webhooks/argocd/{instance}`.
 *
 * It has its own route, because an HTTP ingress of Backstage's events doesn't
 * suit argocd-notifications: it sends GET if a template has no method, sends no
 * content type by itself, and retries after a 5xx. In addition, a refresh request
 * must be in the database before the notification is accepted.
 *
 * @internal
 */
export function createWebhookRouter(options: {
  webhooks: ArgoCdWebhook[];
  onRefreshRequest: (ref: ApplicationRef) => Promise<void>;
  logger: LoggerService;
  metrics?: DeliveryMetrics;
}): Router {
  const { webhooks, onRefreshRequest, logger, metrics } = options;
  const refusals = RateLimitedWarning.create({ logger });
  const secrets = new Map(
    webhooks.map(({ instance, secret }) => [instance, secret]),
  );
  const router = Router();
  const path = `${WEBHOOK_PATH}/:instance`;

  const refuse = (
    res: Response,
    instance: string,
    status: keyof typeof REFUSALS,
    message: string,
  ) => {
    metrics?.webhookRefused(status);
    // Anybody can post anything, so only configured names get into the log.
    const target = secrets.has(instance)
      ? `Argo CD '${instance}'`
      : 'an unconfigured Argo CD';
    refusals.warn(
      `A notification for ${target} was refused (${status}): ${message}`,
    );
    const { method, originalUrl } = res.req;
    // The format of Backstage's error handler, which doesn't have an error for
    // each of these statuses.
    const body: ErrorResponseBody = {
      error: { name: REFUSALS[status], message },
      request: { method, url: originalUrl },
      response: { statusCode: status },
    };
    res.status(status).json(body);
  };

  router.all(path, (req, res, next) => {
    if (req.method === 'POST') {
      next();
      return;
    }
    res.set('Allow', 'POST');
    refuse(
      res,
      req.params.instance,
      405,
      `Notifications must be sent with POST, not ${req.method}. Add the line 'method: POST' to the webhook in the template: without it, argocd-notifications sends GET`,
    );
  });

  router.post(
    path,
    express.raw({ type: () => true, limit: MAX_BYTES }),
    (req, res, next) => {
      const { instance } = req.params;
      const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      const secret = secrets.get(instance);
      // The same answer for all, so that it doesn't reveal which instances exist.
      if (
        !secret ||
        !isAuthentic(secret, { header: name => req.get(name), body })
      ) {
        refuse(
          res,
          instance,
          403,
          "Either 'delivery.events.argocd' has no such instance, or the request doesn't contain its secret. Check the URL and the headers of the webhook service in argocd-notifications-cm",
        );
        return;
      }
      const parsed = parseNotification(body);
      if ('refused' in parsed) {
        refuse(res, instance, 400, parsed.refused);
        return;
      }
      onRefreshRequest({ instance, ...parsed.application }).then(
        () => res.status(202).json({ status: 'accepted' }),
        next,
      );
    },
  );

  const refuseTooLarge: ErrorRequestHandler = (error, req, res, next) => {
    if (isError(error) && error.type === 'entity.too.large') {
      refuse(
        res,
        req.params.instance,
        413,
        `A notification has at most ${MAX_BYTES} bytes. Put only "app" and "namespace" into the body of the template`,
      );
    } else {
      next(error);
    }
  };
  router.use(path, refuseTooLarge);

  return router;
}

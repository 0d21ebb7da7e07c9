import type { RequestValidator } from '@backstage/plugin-events-node';
import {
  ecrHosts,
  parseEcrEvent,
} from '@landfall/backstage-plugin-delivery-node';
import { isSameSecret } from './isSameSecret';

/**
 * The header in which EventBridge's API destination sends the shared secret.
 */
const ECR_TOKEN_HEADER = 'x-landfall-token';

/** An EventBridge event is at most 256 KB. */
const MAX_BYTES = 256 * 1024;

/**
 * Accepts EventBridge events of ECR from senders that know the shared secret.
 *
 * @internal
 */
export function createEcrIngressValidator(token: string): RequestValidator {
  return async (request, context) => {
    const given = request.headers[ECR_TOKEN_HEADER];
    if (typeof given !== 'string') {
      context.reject({
        status: 403,
        payload: { message: `The header ${ECR_TOKEN_HEADER} is missing` },
      });
      return;
    }
    if (!isSameSecret(given, token)) {
      context.reject({
        status: 403,
        payload: {
          message: `The header ${ECR_TOKEN_HEADER} is not the value of delivery.events.ecr.token`,
        },
      });
      return;
    }
    // Remove the secret: the headers go with the event to all subscribers, and
    // into the database.
    delete request.headers[ECR_TOKEN_HEADER];
    if (request.raw.body.length > MAX_BYTES) {
      context.reject({
        status: 400,
        payload: { message: `An event has at most ${MAX_BYTES} bytes` },
      });
      return;
    }
    const parsed = parseEcrEvent(request.body, ecrHosts);
    if ('refused' in parsed) {
      context.reject({
        status: 400,
        payload: { message: `Not an event of ECR: ${parsed.refused}` },
      });
    }
  };
}

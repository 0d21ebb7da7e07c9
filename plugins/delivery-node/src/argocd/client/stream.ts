import { createParser } from 'eventsource-parser';
import { z } from 'zod';
import { decodeApplication, decodeRef, decodeVersion } from '../decode';
import type { ApplicationEvent, ApplicationVersion } from '../types';
import { errorOfStreamEvent } from './errorOfResponse';
import { ArgoCdUnexpectedResponseError } from './errors';

const watchEventSchema = z.object({
  result: z.object({ type: z.string().optional(), application: z.unknown() }),
});

type IsKnown = (version: ApplicationVersion) => boolean;

/**
 * Yields the events of an application stream. Reads chunk by chunk, only as
 * fast as the consumer takes them. Comments and known versions become
 * heartbeats. Throws an `ArgoCdStreamError` for an error event.
 */
export async function* readApplicationEvents(
  instance: string,
  body: AsyncIterable<Uint8Array>,
  isKnown: IsKnown = () => false,
): AsyncGenerator<ApplicationEvent> {
  const decoder = new TextDecoder();
  let pending: (string | 'heartbeat')[] = [];
  const parser = createParser({
    onEvent: ({ data }) => pending.push(data),
    onComment: () => pending.push('heartbeat'),
  });
  for await (const chunk of body) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    const received = pending;
    pending = [];
    for (const data of received) {
      yield data === 'heartbeat'
        ? { type: 'heartbeat' }
        : decodeEvent(instance, data, isKnown);
    }
  }
}

function decodeEvent(
  instance: string,
  data: string,
  isKnown: IsKnown,
): ApplicationEvent {
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch (cause) {
    throw new ArgoCdUnexpectedResponseError(
      `Argo CD '${instance}' sent an event that isn't JSON in the stream of applications`,
      { instance, cause },
    );
  }
  const error = errorOfStreamEvent(instance, json);
  if (error) {
    throw error;
  }
  const event = watchEventSchema.safeParse(json);
  if (!event.success) {
    return {
      type: 'undecodable',
      error: new Error(
        `Argo CD '${instance}' sent an unknown kind of event in the stream of applications`,
      ),
    };
  }
  const { type, application } = event.data.result;
  // For a DELETED event the identity is enough. The event must not get lost.
  const ref = type === 'DELETED' && decodeRef(instance, application);
  const version = decodeVersion(instance, application);
  if (ref) {
    return { type: 'deleted', ref, ...(version && { uid: version.uid }) };
  }
  if (version && isKnown(version)) {
    return { type: 'heartbeat' };
  }
  const decoded = decodeApplication(instance, application);
  return decoded.ok
    ? { type: 'changed', application: decoded.application }
    : { type: 'undecodable', ref: decoded.ref, error: decoded.error };
}

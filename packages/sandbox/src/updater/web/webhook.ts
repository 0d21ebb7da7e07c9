import type { PushedRepository } from '@landfall/backstage-plugin-delivery-common';
import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** A request to the webhook, as far as it matters. */
export interface WebhookRequest {
  method: string;
  query: URLSearchParams;
  headers: { contentType: string; secret: string };
  body: string;
}

const text = z.string().default('');

const eventSchema = z.object({
  specversion: text,
  type: text,
  source: text,
  subject: text,
  data: z.record(z.string(), z.unknown()).nullish(),
});

type CloudEvent = z.infer<typeof eventSchema>;

/**
 * Reads a CloudEvent of a pushed image, from ECR by EventBridge or of a like
 * kind of another registry.
 *
 * @param secret - what callers must know; empty: nothing
 * @throws Error with the updater's answer to a request that can't be used
 */
export function readWebhook(
  request: WebhookRequest,
  secret: string,
): PushedRepository {
  const type = request.query.get('type') ?? '';
  if (type === '') {
    throw new Error('missing required query parameter: type');
  }
  if (type !== 'cloudevents') {
    throw new Error(
      `invalid registry type: ${type}. Supported types: cloudevents`,
    );
  }
  if (request.method !== 'POST') {
    throw new Error(`invalid HTTP method: ${request.method}`);
  }
  const { contentType } = request.headers;
  if (!/application\/(cloudevents\+)?json/.test(contentType)) {
    throw new Error(`invalid content type: ${contentType}`);
  }
  if (secret !== '') {
    checkSecret(request, secret);
  }
  return pushedRepository(parseEvent(request.body));
}

function checkSecret(request: WebhookRequest, secret: string): void {
  const sent = request.query.get('secret') || request.headers.secret;
  if (!sent) {
    throw new Error('missing webhook secret');
  }
  const [a, b] = [Buffer.from(sent), Buffer.from(secret)];
  if (a.length !== b.length || !timingSafeEqual(a, b)) {
    throw new Error('invalid webhook secret');
  }
}

function parseEvent(body: string): CloudEvent {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new Error(`failed to parse webhook payload: ${syntaxError(body)}`);
  }
  const parsed = eventSchema.safeParse(json);
  if (!parsed.success) {
    throw new Error(
      `failed to parse webhook payload: ${parsed.error.issues[0].message}`,
    );
  }
  if (parsed.data.specversion === '') {
    throw new Error('missing CloudEvents specversion');
  }
  if (parsed.data.type === '') {
    throw new Error('missing CloudEvents type');
  }
  return parsed.data;
}

/** Go's words for the commonest cases. */
function syntaxError(body: string): string {
  const trimmed = body.trim();
  const key = /^\{\s*([^"}\s])/.exec(trimmed)?.[1];
  if (trimmed === '') {
    return 'unexpected end of JSON input';
  }
  return key === undefined
    ? `invalid character '${trimmed[0]}' in the body`
    : `invalid character '${key}' looking for beginning of object key string`;
}

function pushedRepository(event: CloudEvent): PushedRepository {
  const data = event.data ?? {};
  const value = (...names: string[]) =>
    names
      .map(name => data[name])
      .find(found => typeof found === 'string' && found !== '');
  const isEcr = event.type.startsWith('com.amazon.ecr.');
  if (!isEcr && !/container|image/.test(event.type)) {
    throw new Error(`unsupported CloudEvents type: ${event.type}`);
  }
  const colon = event.subject.indexOf(':');
  const fallback =
    colon < 0
      ? { repository: '', tag: '' }
      : {
          repository: event.subject.slice(0, colon),
          tag: event.subject.slice(colon + 1),
        };
  const names = isEcr
    ? { repository: ['repositoryName'], tag: ['imageTag'] }
    : {
        repository: ['repositoryName', 'repository'],
        tag: ['imageTag', 'tag'],
      };
  const repository = String(value(...names.repository) ?? fallback.repository);
  const tag = String(value(...names.tag) ?? fallback.tag);
  const registry = isEcr
    ? ecrHost(event.source, value('registryId'))
    : String(value('registryUrl', 'registry') ?? hostOf(event.source));
  const missing = Object.entries({
    'repository name': repository,
    tag,
    'registry URL': registry,
  }).find(([, found]) => found === '');
  if (missing) {
    throw new Error(`${missing[0]} not found in CloudEvents payload`);
  }
  return { registry, repository };
}

function ecrHost(source: string, registryId: unknown): string {
  const parts = source.split(':');
  if (!/^(urn|arn):aws:ecr:/.test(source) || parts.length < 5) {
    return '';
  }
  const account = typeof registryId === 'string' ? registryId : parts[4];
  return `${account}.dkr.ecr.${parts[3]}.amazonaws.com`;
}

function hostOf(source: string): string {
  const match = /^https?:\/\/([^/]*)/.exec(source);
  const first = source.split('/')[0];
  return match?.[1] ?? (first.includes('.') ? first : '');
}

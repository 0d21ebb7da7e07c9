import { z } from 'zod';
import type { RegistryEvent } from '../types';
import type { EcrRegistry } from './parseEcrHost';

/**
 * The result of parsing an event: a registry event, an irrelevant event (with
 * the reason), or one that can't be understood (with the fault).
 *
 * @public
 */
export type ParsedRegistryEvent =
  | {
      event: RegistryEvent;
      /** The event's repository under the other hosts of its registry. */
      aliases: string[];
    }
  | { ignored: string }
  | { refused: string };

const envelopeSchema = z.object({
  id: z.string().min(1),
  source: z.string(),
  'detail-type': z.string(),
  account: z.string().regex(/^\d{12}$/),
  region: z.string().min(1),
  time: z.iso.datetime({ offset: true }),
  detail: z.unknown(),
});

/** The format that ECR allows. Anything else can't be a repository. */
const repositoryName = z
  .string()
  .min(2)
  .max(256)
  .regex(/^[a-z0-9]+(?:[._/-]+[a-z0-9]+)*$/);
const digest = z.string().regex(/^sha\d{1,4}:[0-9a-f]{1,128}$/);

const imageSchema = z.object({
  result: z.string(),
  'action-type': z.string(),
  'repository-name': repositoryName,
  'image-digest': digest,
  'image-tag': z
    .string()
    .max(300)
    .regex(/^[\w.-]*$/)
    .nullish(),
});

const scanSchema = z.object({
  'scan-status': z.string(),
  'repository-name': repositoryName,
  'image-digest': digest,
});

const snsSchema = z.object({
  Type: z.literal('Notification'),
  Message: z.string(),
});

const sqsSchema = z.object({ Body: z.string() });

/**
 * ECR reports a replicated copy in the destination registry. There it counts as
 * a push.
 */
const ACTIONS = new Map<string, Map<string, RegistryEvent['action']>>([
  [
    'ECR Image Action',
    new Map([
      ['PUSH', 'push'],
      ['DELETE', 'delete'],
    ]),
  ],
  ['ECR Replication Action', new Map([['REPLICATE', 'push']])],
]);

const SCAN = 'ECR Image Scan';

// An event inside an SNS notification inside an SQS message.
const MAX_WRAPPINGS = 3;

/**
 * Parses an event of Amazon ECR as EventBridge sends it: as it is, as text, or
 * wrapped by SQS or SNS. `hostsOf` returns the hosts of the registry in image
 * references, which the event doesn't contain. The event names the repository
 * under the first host; the aliases contain it under the others.
 *
 * @public
 */
export function parseEcrEvent(
  body: unknown,
  hostsOf: (registry: EcrRegistry) => string[],
): ParsedRegistryEvent {
  const envelope = envelopeSchema.safeParse(unwrap(body));
  if (!envelope.success) {
    return {
      refused: `not an event of EventBridge: ${z.prettifyError(
        envelope.error,
      )}`,
    };
  }
  const { source, id, account, region, time, detail } = envelope.data;
  const type = envelope.data['detail-type'];
  if (source !== 'aws.ecr') {
    return { refused: `an event of '${source}', not of 'aws.ecr'` };
  }
  const at = new Date(time).toISOString();
  const registryEvent = (
    name: string,
    event: Omit<RegistryEvent, 'id' | 'repository' | 'at'>,
  ): ParsedRegistryEvent => {
    const [repository, ...aliases] = hostsOf({
      accountId: account,
      region,
    }).map(host => `${host}/${name}`);
    return { event: { id, repository, ...event, at }, aliases };
  };
  if (type === SCAN) {
    const scan = scanSchema.safeParse(detail);
    return scan.success
      ? registryEvent(scan.data['repository-name'], {
          action: 'scan',
          digest: scan.data['image-digest'],
        })
      : malformed(type, scan.error);
  }
  const actions = ACTIONS.get(type);
  if (!actions) {
    return {
      ignored: `'${type}' isn't about an image that was added or removed`,
    };
  }
  const image = imageSchema.safeParse(detail);
  if (!image.success) {
    return malformed(type, image.error);
  }
  const { result } = image.data;
  const action = actions.get(image.data['action-type']);
  if (!action) {
    return {
      ignored: `the action '${image.data['action-type']}' neither adds nor removes an image`,
    };
  }
  if (result !== 'SUCCESS') {
    return { ignored: `the ${action} ended with ${result}` };
  }
  const tag = image.data['image-tag'];
  return registryEvent(image.data['repository-name'], {
    action,
    digest: image.data['image-digest'],
    ...(tag ? { tag } : {}),
  });
}

function malformed(type: string, error: z.ZodError): { refused: string } {
  return {
    refused: `the detail of '${type}' doesn't have the documented format: ${z.prettifyError(
      error,
    )}`,
  };
}

function unwrap(body: unknown, depth = 0): unknown {
  if (depth > MAX_WRAPPINGS) {
    return body;
  }
  if (typeof body === 'string') {
    try {
      return unwrap(JSON.parse(body), depth + 1);
    } catch {
      return body;
    }
  }
  const sns = snsSchema.safeParse(body);
  if (sns.success) {
    return unwrap(sns.data.Message, depth);
  }
  const sqs = sqsSchema.safeParse(body);
  return sqs.success ? unwrap(sqs.data.Body, depth) : body;
}

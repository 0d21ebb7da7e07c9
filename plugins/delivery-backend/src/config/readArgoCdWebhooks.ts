import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

const ARGOCD_EVENTS_KEY = 'delivery.events.argocd';

const DEFAULT_SECRET_HEADER = 'x-landfall-token';

const MIN_SECRET_LENGTH = 16;
/** A header name is a token as defined by RFC 9110. */
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;

const webhooksSchema = z.array(
  z.strictObject({
    instance: z.string().min(1),
    token: z.string().optional(),
    header: z
      .string()
      .regex(HEADER_NAME, 'must be the name of a header')
      .optional(),
    hmacSecret: z.string().optional(),
  }),
);

/**
 * How a notification proves its origin: by a token in a header, or by an
 * HMAC-SHA256 of its body in `x-hub-signature-256`.
 *
 * @internal
 */
export type WebhookSecret =
  | { kind: 'token'; header: string; token: string }
  | { kind: 'hmac'; secret: string };

/**
 * The webhook for the notifications of one Argo CD instance.
 *
 * @internal
 */
export interface ArgoCdWebhook {
  instance: string;
  secret: WebhookSecret;
}

/**
 * Reads `delivery.events.argocd`. Throws an `InputError` that contains the key if
 * a value is invalid.
 *
 * @internal
 */
export function readArgoCdWebhooks(
  config: Config,
  /** Names of the configured Argo CD instances. */
  instances: string[],
): ArgoCdWebhook[] {
  const parsed = webhooksSchema.safeParse(
    config.getOptional(ARGOCD_EVENTS_KEY) ?? [],
  );
  if (!parsed.success) {
    throw new InputError(
      `'${ARGOCD_EVENTS_KEY}' can't be used: ${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data.map((webhook, index) => {
    const key = `${ARGOCD_EVENTS_KEY}[${index}]`;
    const { instance } = webhook;
    if (!instances.includes(instance)) {
      throw new InputError(
        `'${key}.instance': 'argocd.appLocatorMethods' has no Argo CD instance '${instance}'`,
      );
    }
    if (parsed.data.findIndex(other => other.instance === instance) !== index) {
      throw new InputError(
        `'${key}.instance': the instance '${instance}' has two webhooks`,
      );
    }
    return { instance, secret: readSecret(key, webhook) };
  });
}

function readSecret(
  key: string,
  { token, hmacSecret, header }: z.infer<typeof webhooksSchema>[number],
): WebhookSecret {
  if (token !== undefined && hmacSecret === undefined) {
    return {
      kind: 'token',
      header: (header ?? DEFAULT_SECRET_HEADER).toLowerCase(),
      token: longEnough(`${key}.token`, token),
    };
  }
  if (hmacSecret !== undefined && token === undefined) {
    if (header !== undefined) {
      throw new InputError(
        `'${key}.header' can only be set with 'token'. A signature is always in x-hub-signature-256`,
      );
    }
    return {
      kind: 'hmac',
      secret: longEnough(`${key}.hmacSecret`, hmacSecret),
    };
  }
  throw new InputError(
    `'${key}' must have either 'token' or 'hmacSecret', which proves that a notification is from Argo CD`,
  );
}

function longEnough(key: string, secret: string): string {
  if (secret.length < MIN_SECRET_LENGTH) {
    throw new InputError(
      `'${key}' must have at least ${MIN_SECRET_LENGTH} characters`,
    );
  }
  return secret;
}

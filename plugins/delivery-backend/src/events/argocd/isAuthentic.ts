import { createHmac } from 'node:crypto';
import type { WebhookSecret } from '../../config/readArgoCdWebhooks';
import { isSameSecret } from '../isSameSecret';

const SIGNATURE_HEADER = 'x-hub-signature-256';

/**
 * True if the sender of the request knows the secret.
 *
 * @internal
 */
export function isAuthentic(
  secret: WebhookSecret,
  request: {
    /** Returns the value of a header by its lower-case name. */
    header: (name: string) => string | undefined;
    /** The raw bytes, which the signature covers. */
    body: Buffer;
  },
): boolean {
  if (secret.kind === 'token') {
    const expected =
      secret.header === 'authorization'
        ? `Bearer ${secret.token}`
        : secret.token;
    return isSameSecret(request.header(secret.header) ?? '', expected);
  }
  const signature = createHmac('sha256', secret.secret)
    .update(request.body)
    .digest('hex');
  return isSameSecret(
    request.header(SIGNATURE_HEADER) ?? '',
    `sha256=${signature}`,
  );
}

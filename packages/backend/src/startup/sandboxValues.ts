import type { JsonObject } from '@backstage/types';
import { visitStrings } from './placeholders';

/**
 * Every secret of `app-config.sandbox.yaml`. They are public: anyone who knows
 * this repository could use them. A test keeps the list complete.
 */
export const SANDBOX_SECRETS: readonly string[] = [
  'sandbox-git-user',
  'sandbox-git-password',
  'sandbox-backstage-token',
  'AKIASANDBOX000000000',
  'sandbox-secret-access-key',
  'sandbox-events-token',
];

/** Where the sandbox's systems are unless its ports are changed. */
export const SANDBOX_ENDPOINTS: readonly string[] = [
  '127.0.0.1:3300',
  '127.0.0.1:3301',
  '127.0.0.1:3302',
];

/**
 * Finds the parts of a configuration that belong to the sandbox and must not be in
 * production.
 *
 * @param config - with all variables substituted
 * @returns a sentence for each, with the key but without the value
 */
export function sandboxValues(config: JsonObject): string[] {
  const found: string[] = [];
  visitStrings(config, (text, key) => {
    if (SANDBOX_SECRETS.some(secret => text.includes(secret))) {
      found.push(`${key} holds a secret of the sandbox, which is public.`);
    } else if (SANDBOX_ENDPOINTS.some(endpoint => text.includes(endpoint))) {
      found.push(`${key} is an address of the sandbox.`);
    }
  });
  if (hasGuest(config)) {
    found.push(
      'auth.providers.guest lets everybody in without a password. Configure an identity provider instead.',
    );
  }
  return found;
}

/** Whether people may get in as a guest. */
export function hasGuest({ auth }: JsonObject): boolean {
  const providers = child(auth, 'providers');
  return (child(providers, 'guest') ?? null) !== null;
}

function child(value: JsonObject[string], name: string): JsonObject[string] {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? value[name]
    : undefined;
}

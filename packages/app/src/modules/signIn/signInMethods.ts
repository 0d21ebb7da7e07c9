import type { ConfigApi } from '@backstage/frontend-plugin-api';

/** A way to sign in that this app has a button for. */
export type SignInMethod = 'github' | 'oidc' | 'guest';

/** The providers whose settings are by environment, in the order of the page. */
const BY_ENVIRONMENT = ['github', 'oidc'] as const;

/** The environment whose settings are used, as in the backend. */
export function signInEnvironment(config: ConfigApi): string {
  return config.getOptionalString('auth.environment') ?? 'development';
}

/**
 * The ways to sign in that are configured. Guests are among them only if
 * `auth.providers.guest` is, which the backend refuses in production.
 */
export function signInMethods(config: ConfigApi): SignInMethod[] {
  const environment = signInEnvironment(config);
  const isConfigured = (key: string) => {
    const settings = config.getOptional(`auth.providers.${key}`);
    return typeof settings === 'object' && settings !== null;
  };
  return [
    ...BY_ENVIRONMENT.filter(provider =>
      isConfigured(`${provider}.${environment}`),
    ),
    ...(isConfigured('guest') ? (['guest'] as const) : []),
  ];
}

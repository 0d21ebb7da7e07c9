import type { JsonObject, JsonValue } from '@backstage/types';

/** The identity providers that `src/index.ts` installs. */
const INSTALLED: readonly string[] = ['github', 'oidc'];

/**
 * Finds out why nobody could sign in to a portal, or everybody could, although its
 * configuration looks complete.
 *
 * @param config - with all variables substituted
 * @returns a sentence for each problem, which says what to do
 */
export function signInProblems(config: JsonObject): string[] {
  const auth = objectAt(config, 'auth');
  // Backstage's own default.
  const environment = textAt(auth, 'environment') ?? 'development';
  const providers = Object.entries(objectAt(auth, 'providers') ?? {}).filter(
    ([id, settings]) => id !== 'guest' && isObject(settings),
  );
  const usable = providers.filter(
    ([id, settings]) =>
      INSTALLED.includes(id) && objectAt(settings, environment),
  );
  const problems = providers.flatMap(([id, settings]) => {
    const key = `auth.providers.${id}`;
    if (!INSTALLED.includes(id)) {
      return [
        `${key} isn't installed in this portal, which has ${INSTALLED.join(
          ' and ',
        )}. Remove it, or add its module to packages/backend.`,
      ];
    }
    const own = objectAt(settings, environment);
    return own
      ? settingsProblems(own, id, `${key}.${environment}`)
      : [
          `${key} has no settings for the environment "${environment}", which auth.environment names. Put them under ${key}.${environment}.`,
        ];
  });
  if (
    usable.some(([id]) => id === 'oidc') &&
    !textAt(objectAt(auth, 'session'), 'secret')
  ) {
    problems.push(
      'auth.session.secret is missing, which sign-in by OpenID Connect needs. Set it to a long random text.',
    );
  }
  if (problems.length === 0 && usable.length === 0) {
    problems.push(
      `Nobody could sign in: auth.providers has no identity provider for the environment "${environment}". Add one with a further --config, such as sign-in/github.yaml or sign-in/oidc.yaml; deploy/portal/README.md describes them.`,
    );
  }
  return problems;
}

function settingsProblems(
  settings: JsonObject,
  id: string,
  key: string,
): string[] {
  const resolvers = objectAt(settings, 'signIn')?.resolvers;
  if (!Array.isArray(resolvers) || resolvers.length === 0) {
    return [
      `${key}.signIn.resolvers is missing, so it would sign nobody in. List how the catalog's User is found.`,
    ];
  }
  const letsAnybodyIn = resolvers.some(
    one =>
      isObject(one) && one.dangerouslyAllowSignInWithoutUserInCatalog === true,
  );
  return id === 'github' && letsAnybodyIn
    ? [
        `${key}.signIn.resolvers has dangerouslyAllowSignInWithoutUserInCatalog, which lets everybody in who has an account at GitHub. Remove it, and register people in the catalog.`,
      ]
    : [];
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectAt(
  value: JsonValue | undefined,
  name: string,
): JsonObject | undefined {
  const child = isObject(value) ? value[name] : undefined;
  return isObject(child) ? child : undefined;
}

function textAt(
  value: JsonObject | undefined,
  name: string,
): string | undefined {
  const child = value?.[name];
  return typeof child === 'string' && child.trim() !== '' ? child : undefined;
}

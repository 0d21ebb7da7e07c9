import type { PolicyProblem } from '../problem';
import type { WriteBack } from './types';

/**
 * The updater uses secrets only for HTTPS and SSH, with these schemes in lower
 * case. A URL without a scheme may be one of SSH.
 */
const OTHER_URL = /^(?!https:\/\/|ssh:\/\/)[^/]*:\/\/|^\//;

/**
 * Why the updater refuses the secret of a Git write-back without reading it,
 * and so commits nothing. Undefined if it is accepted or there is none.
 *
 * @public
 * @param namespace - the Application's
 */
export function gitSecretProblem(
  { method, repository, credentials }: WriteBack,
  namespace: string,
): PolicyProblem | undefined {
  if (method !== 'git' || credentials.kind !== 'secret') {
    return undefined;
  }
  const problem = (cause: string) => ({
    message: `could not get creds for repo '${repository}': ${cause}`,
  });
  const { reference } = credentials;
  const slash = reference.indexOf('/');
  const given = reference.slice(0, slash);
  if (slash >= 0 && given !== namespace) {
    return {
      code: 'git-secret-foreign',
      ...problem(
        `secret namespace '${given}' differs from app namespace '${namespace}'`,
      ),
      advice: { code: 'advice.git-secret-foreign', parameters: { namespace } },
    };
  }
  return OTHER_URL.test(repository)
    ? {
        code: 'git-secret-unused',
        ...problem('unknown repository type'),
        advice: { code: 'advice.git-secret-unused', parameters: {} },
      }
    : undefined;
}

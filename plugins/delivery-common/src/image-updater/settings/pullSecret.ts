import type { PolicyProblem } from '../problem';

/** Names of sources of credentials whose secret has a namespace. */
const WITH_NAMESPACE = ['pullsecret:', 'secret:'];

/**
 * Why the updater refuses a `pull-secret` without reading it, and so doesn't
 * read the image's tags: the secret is in another namespace than the
 * Application, or the text is malformed. Undefined if it is accepted or empty.
 *
 * @public
 * @param namespace - the Application's
 */
export function pullSecretProblem(
  text: string,
  namespace: string,
): PolicyProblem | undefined {
  if (text === '') {
    return undefined;
  }
  const foreign = foreignNamespace(text, namespace);
  if (foreign !== undefined) {
    return {
      code: 'pull-secret-foreign',
      message: `commonUpdateSettings.pullSecret namespace '${foreign}' differs from app namespace '${namespace}'`,
      advice: { code: 'advice.pull-secret-foreign', parameters: { namespace } },
    };
  }
  const message = malformed(text);
  return message === undefined
    ? undefined
    : {
        code: 'pull-secret-invalid',
        message: `Could not set registry endpoint credentials: ${message}`,
        advice: {
          code: 'advice.pull-secret-invalid',
          parameters: { namespace },
        },
      };
}

/**
 * The updater compares namespaces only in this form: with a registry before the
 * source, or with capital letters, it reads the secret of any namespace.
 */
function foreignNamespace(text: string, namespace: string): string | undefined {
  if (!WITH_NAMESPACE.some(prefix => text.startsWith(prefix))) {
    return undefined;
  }
  const reference = text.slice(text.indexOf(':') + 1);
  const slash = reference.indexOf('/');
  const given = reference.slice(0, slash);
  return slash < 0 || given === namespace ? undefined : given;
}

/** The updater's error for `[registry=]source:definition`. */
function malformed(text: string): string | undefined {
  const equals = text.indexOf('=');
  const hasRegistry = equals > 0 && equals < text.length - 1;
  const parts = (hasRegistry ? text.slice(equals + 1) : text).split(':');
  const [source, definition] = parts;
  if (parts.length !== 2 || !source || !definition) {
    return `invalid credential spec: ${text}`;
  }
  switch (source.toLowerCase()) {
    case 'secret': {
      const [path, ...fields] = definition.split('#');
      return fields.length === 1 && fields[0] !== '' && isPath(path)
        ? undefined
        : `invalid secret definition: ${definition}`;
    }
    case 'pullsecret':
      return isPath(definition)
        ? undefined
        : `invalid secret definition: ${definition}`;
    case 'env':
      return undefined;
    case 'ext':
      return definition.startsWith('/')
        ? undefined
        : `path to script must be absolute, but is '${definition}'`;
    default:
      return `unknown credential source: ${source}`;
  }
}

/** Whether a text is `namespace/name`. */
function isPath(text: string): boolean {
  const parts = text.split('/');
  return parts.length === 2 && parts.every(part => part !== '');
}

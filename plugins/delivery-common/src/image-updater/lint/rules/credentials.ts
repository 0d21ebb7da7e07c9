import { type ImageScope, ofImage, ofReading } from './rule';
import { withoutUserInfo } from './withoutUserInfo';

/** How a pull secret is read; undefined if it can't be. */
function parsePullSecret(text: string): { namespace?: string } | undefined {
  const equals = text.indexOf('=');
  const source =
    equals > 0 && equals < text.length - 1 ? text.slice(equals + 1) : text;
  const [kind, definition, ...others] = source.split(':');
  if (!kind || !definition || others.length > 0) {
    return undefined;
  }
  switch (kind.toLowerCase()) {
    case 'secret': {
      const match = /^([^#/]+)\/[^#/]+#[^#]+$/.exec(definition);
      return match ? { namespace: match[1] } : undefined;
    }
    case 'pullsecret': {
      const match = /^([^/]+)\/[^/]+$/.exec(definition);
      return match ? { namespace: match[1] } : undefined;
    }
    case 'env':
      return {};
    case 'ext':
      return definition.startsWith('/') ? {} : undefined;
    default:
      return undefined;
  }
}

function pullSecretOf({ image, reading }: ImageScope) {
  const { pullSecret } = image.policy;
  return {
    parsed: pullSecret === '' ? {} : parsePullSecret(pullSecret),
    place: image.placeOf('pull-secret') ?? image.listed,
    // An ImageUpdater selects applications of its own namespace only.
    own:
      reading.application?.metadata.namespace ??
      reading.updater?.namespace ??
      '',
  };
}

const SSH = /^(?:ssh:\/\/)?[^/:]*@[^@]+$/;

/** Rules for the credentials of registries and of Git. */
export const credentialRules = {
  image: [
    ofImage('pull-secret-invalid', 'error', scope => {
      const { parsed, place } = pullSecretOf(scope);
      return parsed ? [] : [{ place, parameters: {} }];
    }),
    ofImage('pull-secret-namespace', 'error', scope => {
      const { parsed, own, place } = pullSecretOf(scope);
      const namespace = parsed?.namespace;
      return namespace !== undefined && own !== '' && namespace !== own
        ? [{ place, parameters: { namespace, own } }]
        : [];
    }),
  ],
  reading: [
    ofReading('credentials-namespace', 'error', reading => {
      const { application, writeBack, listed } = reading;
      const credentials = writeBack?.credentials;
      if (!application || credentials?.kind !== 'secret') {
        return [];
      }
      const { reference } = credentials;
      const slash = reference.indexOf('/');
      const namespace = reference.slice(0, Math.max(slash, 0));
      const own = application.metadata.namespace;
      return slash >= 0 && namespace !== own
        ? [
            {
              place: reading.placeOf('write-back-method') ?? listed,
              parameters: { namespace, own },
            },
          ]
        : [];
    }),
    ofReading('credentials-unnamed', 'error', reading => {
      const credentials = reading.writeBack?.credentials;
      return credentials?.kind === 'secret' &&
        /^$|\/$/.test(credentials.reference)
        ? [
            {
              place: reading.placeOf('write-back-method') ?? reading.listed,
              parameters: {},
            },
          ]
        : [];
    }),
    ofReading('credentials-over-http', 'error', reading => {
      const { writeBack, listed } = reading;
      const repository = writeBack?.repository ?? '';
      return writeBack?.method === 'git' &&
        writeBack.credentials.kind === 'secret' &&
        repository !== '' &&
        !repository.startsWith('https://') &&
        !SSH.test(repository)
        ? [
            {
              place:
                reading.placeOf('git-repository') ??
                reading.placeOf('write-back-method') ??
                listed,
              parameters: { repository: withoutUserInfo(repository) },
            },
          ]
        : [];
    }),
  ],
};

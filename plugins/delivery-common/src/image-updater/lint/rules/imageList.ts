import { findImage, fullImageName } from '../../image/image';
import { PolicyError } from '../../problem';
import { liveImages } from '../../select/live';
import { settingsFromAnnotations } from '../../settings/annotations';
import { policyRepository } from '../../settings/images';
import { quoted, trimSpace } from '../../text';
import type { LintContext } from '../read/LintContext';
import { isOfImage, keyOf, type SettingKey } from '../read/keys';
import { annotationPlace } from '../read/place';
import { type ImageScope, ofApplication, ofImage, ofReading } from './rule';

const ALIAS = /^[a-zA-Z0-9][a-zA-Z0-9-._]*$/;

type NameFault = 'url' | 'comma' | 'alias' | 'name';

/** Why an entry of the list can't be meant as it is read. */
function nameFault({ image, reading }: ImageScope): NameFault | undefined {
  const { policy, compiled, entry } = image;
  const { alias } = policy.image;
  if (entry.includes('://')) {
    return 'url';
  }
  const isAnnotation = reading.from === 'annotations';
  if (isAnnotation && /^[<>~^!]+$/.test(alias || entry.slice(0, 1))) {
    return 'comma';
  }
  if (alias !== '' && !ALIAS.test(alias)) {
    return 'alias';
  }
  return compiled.unusable?.code === 'image-name-invalid' ? 'name' : undefined;
}

function faulty(fault: NameFault, scope: ImageScope) {
  const { policy, entry, listed } = scope.image;
  const { alias } = policy.image;
  const text = alias === '' ? entry : `${alias}=${entry}`;
  return nameFault(scope) === fault ? [{ place: listed, alias, text }] : [];
}

/**
 * For an image that isn't live: the running one that only has another spelling. An
 * image that another alias forces is live, too.
 */
function running({ image, reading }: ImageScope) {
  const images = reading.application?.images ?? [];
  const { policy } = image;
  const live = liveImages(
    images,
    reading.images.map(one => one.policy),
  );
  if (images.length === 0 || findImage(live, policy.image)) {
    return undefined;
  }
  const repository = policyRepository(policy);
  return {
    spelling: liveImages(images, []).find(
      other =>
        repository !== undefined &&
        policyRepository({ image: other }) === repository,
    ),
  };
}

function forceUpdates({ application, keys, readings }: LintContext) {
  return readings.some(({ from }) => from === 'annotations')
    ? keys
        .filter(({ setting }) => setting === 'force-update')
        .filter(({ value }) => !isBoolean(value))
        .map(({ key, value }) => ({
          place: annotationPlace(application, key),
          parameters: { value },
        }))
    : [];
}

function isBoolean(value: string): boolean {
  try {
    settingsFromAnnotations({
      metadata: {
        name: '',
        namespace: '',
        annotations: { [keyOf('force-update')]: value },
      },
    });
    return true;
  } catch (error) {
    if (error instanceof PolicyError) {
      return false;
    }
    throw error;
  }
}

/** Aliases with both `helm.*` and `kustomize.*`. */
function ambiguous({ application, keys, readings }: LintContext) {
  if (!readings.some(({ from }) => from === 'annotations')) {
    return [];
  }
  const isSet = (key: SettingKey, tool: string) =>
    key.setting?.startsWith(tool) && trimSpace(key.value) !== '';
  return keys.flatMap(key => {
    const { alias, setting } = key;
    const hasHelm = keys.some(
      other => other.alias === alias && isSet(other, 'helm.'),
    );
    return alias !== undefined &&
      setting !== undefined &&
      isOfImage(setting) &&
      isSet(key, 'kustomize.') &&
      hasHelm
      ? [
          {
            place: annotationPlace(application, key.key),
            parameters: { alias },
          },
        ]
      : [];
  });
}

/** Rules for the list of images. */
export const imageListRules = {
  application: [
    ofApplication('force-update-invalid', 'error', forceUpdates),
    ofApplication('manifest-targets-ambiguous', 'error', ambiguous),
  ],
  reading: [
    ofReading('image-list-empty', 'error', ({ unusable, listed }) =>
      unusable?.code === 'image-list-empty'
        ? [{ place: listed, parameters: {} }]
        : [],
    ),
    ofReading('image-name-empty', 'error', ({ unusable, listed }) =>
      unusable?.advice.code === 'advice.image-name-empty'
        ? [{ place: listed, parameters: unusable.advice.parameters }]
        : [],
    ),
  ],
  image: [
    ofImage('image-url', 'error', scope =>
      faulty('url', scope).map(({ place, text }) => ({
        place,
        parameters: { image: text },
      })),
    ),
    ofImage('constraint-comma', 'error', scope =>
      faulty('comma', scope).map(({ place, text }) => ({
        place,
        parameters: { image: text },
      })),
    ),
    ofImage('alias-invalid', 'error', scope =>
      faulty('alias', scope).map(({ place, alias, text }) => ({
        place,
        parameters: { alias, entry: text },
      })),
    ),
    ofImage('image-name-invalid', 'error', scope =>
      faulty('name', scope).map(({ place, text }) => ({
        place,
        parameters: { image: text },
      })),
    ),
    ofImage('image-digest-ignored', 'warning', ({ image }) =>
      image.policy.image.tag?.digest
        ? [
            {
              place: image.listed,
              parameters: { image: fullImageName(image.policy.image) },
            },
          ]
        : [],
    ),
    ofImage('image-name-form', 'error', scope => {
      const spelling = running(scope)?.spelling;
      const { policy, listed } = scope.image;
      return spelling
        ? [
            {
              place: listed,
              parameters: {
                image: fullImageName(policy.image),
                running: fullImageName(spelling),
              },
            },
          ]
        : [];
    }),
    ofImage('image-not-run', 'warning', scope => {
      const found = running(scope);
      const { policy, listed } = scope.image;
      return found && !found.spelling && !nameFault(scope)
        ? [
            {
              place: listed,
              parameters: { image: quoted(fullImageName(policy.image)) },
            },
          ]
        : [];
    }),
  ],
};

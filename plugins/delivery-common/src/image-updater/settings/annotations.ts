import { PolicyError } from '../problem';
import { quoted, trimSpace } from '../text';
import type {
  ImageConfig,
  UpdateSettings,
  UpdaterApplication,
  WriteBackSettings,
} from './types';

/** The part of an Application that holds its annotations. */
type Annotated = Pick<UpdaterApplication, 'metadata'>;

const PREFIX = 'argocd-image-updater.argoproj.io';
const IMAGE_LIST = `${PREFIX}/image-list`;

/** Whether annotations request updates at all. */
export function hasImageList(application: Annotated): boolean {
  return annotation(application, IMAGE_LIST) !== undefined;
}

/**
 * The images listed in an Application's annotations, with the settings of each
 * alias.
 *
 * @throws PolicyError when the image list is missing or can't be used
 */
export function imagesFromAnnotations(application: Annotated): ImageConfig[] {
  const { name, namespace } = application.metadata;
  const app = `${namespace}/${name}`;
  const list = annotation(application, IMAGE_LIST);
  if (list === undefined) {
    throw new PolicyError({
      code: 'image-list-missing',
      message: `${IMAGE_LIST} annotation not found on app ${app}`,
      advice: {
        code: 'advice.image-list-missing',
        parameters: { annotation: IMAGE_LIST },
      },
    });
  }
  const images = list
    .split(',')
    .map(entry => trimSpace(entry))
    .filter(entry => entry !== '')
    .map((entry): ImageConfig => {
      const equals = entry.indexOf('=');
      if (equals < 0) {
        return { alias: '', imageName: entry };
      }
      const alias = trimSpace(entry.slice(0, equals));
      const imageName = trimSpace(entry.slice(equals + 1));
      if (imageName === '') {
        throw new PolicyError({
          code: 'image-name-empty',
          message: `empty image name in ${IMAGE_LIST} annotation on app ${app}`,
          advice: { code: 'advice.image-name-empty', parameters: { alias } },
        });
      }
      return alias === ''
        ? { alias, imageName }
        : {
            alias,
            imageName,
            commonUpdateSettings: settingsOfAlias(application, alias),
            manifestTargets: manifestTargets(application, alias),
          };
    });
  if (images.length === 0) {
    throw new PolicyError({
      code: 'image-list-empty',
      message: `${IMAGE_LIST} annotation is empty on app ${app}`,
      advice: {
        code: 'advice.image-list-empty',
        parameters: { annotation: IMAGE_LIST },
      },
    });
  }
  return images;
}

/**
 * The settings for all images of an Application. They don't include platforms.
 *
 * @throws PolicyError for a force-update that isn't a boolean
 */
export function settingsFromAnnotations(
  application: Annotated,
): UpdateSettings {
  return updateSettings(application, '');
}

/** The write-back settings in the annotations. */
export function writeBackFromAnnotations(
  application: Annotated,
): WriteBackSettings {
  const read = (name: string) => filled(application, `${PREFIX}/${name}`);
  return {
    method: read('write-back-method'),
    gitConfig: {
      repository: read('git-repository'),
      branch: read('git-branch'),
      writeBackTarget: read('write-back-target'),
    },
  };
}

function settingsOfAlias(
  application: Annotated,
  alias: string,
): UpdateSettings {
  try {
    const platforms = annotation(application, `${PREFIX}/${alias}.platforms`)
      ?.split(',')
      .map(platform => trimSpace(platform))
      .filter(platform => platform !== '');
    return {
      ...updateSettings(application, `${alias}.`),
      platforms: platforms?.length ? platforms : undefined,
    };
  } catch (error) {
    throw error instanceof PolicyError
      ? new PolicyError(
          error.within(
            `parse common update settings for alias ${quoted(alias)}: `,
          ),
        )
      : error;
  }
}

function updateSettings(
  application: Annotated,
  prefix: string,
): UpdateSettings {
  const key = (name: string) => `${PREFIX}/${prefix}${name}`;
  const force = annotation(application, key('force-update'));
  return {
    updateStrategy: filled(application, key('update-strategy')),
    forceUpdate: force === undefined ? undefined : parseBool(trimSpace(force)),
    allowTags: filled(application, key('allow-tags')),
    ignoreTags: annotation(application, key('ignore-tags'))
      ?.split(',')
      .map(tag => trimSpace(tag)),
    pullSecret: filled(application, key('pull-secret')),
  };
}

function manifestTargets(
  application: Annotated,
  alias: string,
): ImageConfig['manifestTargets'] {
  const read = (name: string) =>
    filled(application, `${PREFIX}/${alias}.${name}`);
  const kustomize = read('kustomize.image-name');
  const helm = {
    name: read('helm.image-name'),
    tag: read('helm.image-tag'),
    spec: read('helm.image-spec'),
  };
  const hasHelm = Object.values(helm).some(value => value !== undefined);
  if (hasHelm && kustomize !== undefined) {
    throw new PolicyError({
      code: 'manifest-targets-ambiguous',
      message: `parse manifest targets for alias ${quoted(
        alias,
      )}: both helm and kustomize manifest targets configured for alias ${quoted(
        alias,
      )}`,
      advice: {
        code: 'advice.manifest-targets-ambiguous',
        parameters: { alias: quoted(alias) },
      },
    });
  }
  return {
    helm: hasHelm ? helm : undefined,
    kustomize: kustomize === undefined ? undefined : { name: kustomize },
  };
}

/** Go's `strconv.ParseBool`. */
function parseBool(text: string): boolean {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) {
    return true;
  }
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) {
    return false;
  }
  throw new PolicyError({
    code: 'force-update-invalid',
    message: `error parsing force update settings: strconv.ParseBool: parsing ${quoted(
      text,
    )}: invalid syntax`,
    advice: { code: 'advice.force-update-invalid', parameters: {} },
  });
}

/** An annotation's trimmed value; undefined if it is empty. */
function filled(application: Annotated, key: string): string | undefined {
  return trimSpace(annotation(application, key) ?? '') || undefined;
}

function annotation(application: Annotated, key: string): string | undefined {
  const { annotations } = application.metadata;
  return annotations && Object.hasOwn(annotations, key)
    ? annotations[key]
    : undefined;
}

import { messageOf } from '../errors';
import type {
  Application,
  ImageConfig,
  UpdateSettings,
  WriteBackSettings,
} from '../kubernetes/schemas';

const PREFIX = 'argocd-image-updater.argoproj.io';
const IMAGE_LIST = `${PREFIX}/image-list`;

/**
 * The images of an Application's annotations, with the settings of each alias.
 *
 * @throws Error when there is no image list, or one that can't be used
 */
export function imagesFromAnnotations(application: Application): ImageConfig[] {
  const { name, namespace } = application.metadata;
  const app = `${namespace}/${name}`;
  const list = annotation(application, IMAGE_LIST);
  if (list === undefined) {
    throw new Error(`${IMAGE_LIST} annotation not found on app ${app}`);
  }
  const images = list
    .split(',')
    .map(entry => entry.trim())
    .filter(entry => entry !== '')
    .map((entry): ImageConfig => {
      const equals = entry.indexOf('=');
      if (equals < 0) {
        return { alias: '', imageName: entry };
      }
      const alias = entry.slice(0, equals).trim();
      const imageName = entry.slice(equals + 1).trim();
      if (imageName === '') {
        throw new Error(
          `empty image name in ${IMAGE_LIST} annotation on app ${app}`,
        );
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
    throw new Error(`${IMAGE_LIST} annotation is empty on app ${app}`);
  }
  return images;
}

/**
 * The settings for all images of an Application. Platforms aren't among them.
 *
 * @throws Error for a force-update that is no boolean
 */
export function settingsFromAnnotations(
  application: Application,
): UpdateSettings {
  return updateSettings(application, '');
}

/** Where the annotations want updates written. */
export function writeBackFromAnnotations(
  application: Application,
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
  application: Application,
  alias: string,
): UpdateSettings {
  try {
    const platforms = annotation(application, `${PREFIX}/${alias}.platforms`)
      ?.split(',')
      .map(platform => platform.trim())
      .filter(platform => platform !== '');
    return {
      ...updateSettings(application, `${alias}.`),
      platforms: platforms?.length ? platforms : undefined,
    };
  } catch (error) {
    throw new Error(
      `parse common update settings for alias "${alias}": ${messageOf(error)}`,
    );
  }
}

function updateSettings(
  application: Application,
  prefix: string,
): UpdateSettings {
  const key = (name: string) => `${PREFIX}/${prefix}${name}`;
  const force = annotation(application, key('force-update'));
  return {
    updateStrategy: filled(application, key('update-strategy')),
    forceUpdate: force === undefined ? undefined : parseBool(force.trim()),
    allowTags: filled(application, key('allow-tags')),
    ignoreTags: annotation(application, key('ignore-tags'))
      ?.split(',')
      .map(tag => tag.trim()),
    pullSecret: filled(application, key('pull-secret')),
  };
}

function manifestTargets(
  application: Application,
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
    throw new Error(
      `parse manifest targets for alias "${alias}": both helm and kustomize manifest targets configured for alias "${alias}"`,
    );
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
  throw new Error(
    `error parsing force update settings: strconv.ParseBool: parsing ${JSON.stringify(
      text,
    )}: invalid syntax`,
  );
}

/** An annotation's value without spaces around it; undefined when nothing is left. */
function filled(application: Application, key: string): string | undefined {
  return annotation(application, key)?.trim() || undefined;
}

function annotation(application: Application, key: string): string | undefined {
  const { annotations } = application.metadata;
  return annotations && Object.hasOwn(annotations, key)
    ? annotations[key]
    : undefined;
}

import { fullImageName, parseContainerImage } from '../../image/image';
import { hasPluginTarget, helmSpecParameters } from '../../settings/images';
import { applicationTypeOf, sourceOf } from '../../writeBack/source';
import { baseName } from '../../writeBack/path';
import { OVERRIDE_PREFIX } from '../../writeBack/types';
import type { ImageSetting } from '../read/keys';
import { placeIn } from '../read/place';
import type { LintedImage, Reading } from '../read/Reading';
import type { LintedSource } from '../types';
import { type ImageScope, ofImage, ofReading } from './rule';

const HELM: ImageSetting[] = [
  'helm.image-name',
  'helm.image-tag',
  'helm.image-spec',
];
const KUSTOMIZE: ImageSetting[] = ['kustomize.image-name'];

const TOOLS = { helm: 'Helm', kustomize: 'Kustomize', plugin: 'a plugin' };

const hasTool = ({ helm, kustomize, plugin }: LintedSource) =>
  Boolean(helm ?? kustomize ?? plugin);

function sourcesOf({ application }: Reading): LintedSource[] {
  const { sources, source, sourceHydrator } = application?.spec ?? {};
  return [
    ...(sources ?? []),
    ...(source ? [source] : []),
    ...(sourceHydrator ? [sourceHydrator.drySource] : []),
  ];
}

/** The tool that images are written for; undefined if it isn't known. */
function toolOf(reading: Reading): keyof typeof TOOLS | undefined {
  const { application, writeBack } = reading;
  if (!application || !writeBack) {
    return undefined;
  }
  const { kustomizeBase, target } = writeBack;
  const { sourceType, sourceTypes } = application.status;
  const isKnown =
    kustomizeBase !== '' ||
    !baseName(target).startsWith(OVERRIDE_PREFIX) ||
    Boolean(sourceType ?? sourceTypes) ||
    sourcesOf(reading).some(hasTool);
  return isKnown ? applicationTypeOf(application, writeBack) : undefined;
}

function setPlaces(image: LintedImage, settings: readonly ImageSetting[]) {
  return settings.flatMap(setting => {
    const place = image.placeOf(setting);
    return place ? [{ setting, place }] : [];
  });
}

function otherTool({ image, reading }: ImageScope) {
  const tool = toolOf(reading);
  if (tool === undefined || hasPluginTarget(image.policy)) {
    return [];
  }
  const others = {
    helm: KUSTOMIZE,
    kustomize: HELM,
    plugin: [...HELM, ...KUSTOMIZE],
  }[tool];
  return setPlaces(image, others).map(({ setting, place }) => ({
    place,
    parameters: { setting, tool: TOOLS[tool] },
  }));
}

function parametersOf({ policy }: LintedImage): string[] {
  const names = hasPluginTarget(policy)
    ? policy.plugin
    : helmSpecParameters(policy);
  return (names.spec ? [names.spec] : [names.name, names.tag])
    .map(name => name.trim())
    .filter(name => name !== '');
}

/** Parameters that several images write, or one image twice. */
function sharedParameters(reading: Reading) {
  const tool = toolOf(reading);
  const images = reading.images.filter(
    image =>
      !image.compiled.unusable &&
      (hasPluginTarget(image.policy) ||
        tool === 'helm' ||
        (tool === undefined && setPlaces(image, HELM).length > 0)),
  );
  const users = new Map<string, LintedImage[]>();
  for (const image of images) {
    for (const parameter of parametersOf(image)) {
      users.set(parameter, [...(users.get(parameter) ?? []), image]);
    }
  }
  const shared = new Map<LintedImage, string[]>();
  for (const [parameter, all] of users) {
    const last = all.at(-1);
    if (all.length > 1 && last) {
      shared.set(last, [...(shared.get(last) ?? []), parameter]);
    }
  }
  return [...shared].map(([last, parameters]) => ({
    place: setPlaces(last, HELM).at(0)?.place ?? last.listed,
    parameters: {
      parameter: parameters.join(', '),
      images: namesOf(users.get(parameters[0]) ?? []),
    },
  }));
}

/** Images that change one entry of Kustomize's images. */
function sharedKustomizeImages(reading: Reading) {
  if (toolOf(reading) !== 'kustomize') {
    return [];
  }
  const users = new Map<string, LintedImage[]>();
  for (const image of reading.images) {
    const { kustomizeName, image: own } = image.policy;
    const name =
      kustomizeName === ''
        ? fullImageName(own)
        : fullImageName(parseContainerImage(kustomizeName));
    users.set(name, [...(users.get(name) ?? []), image]);
  }
  return [...users].flatMap(([image, all]) => {
    const last = all.at(-1);
    return all.length > 1 && last
      ? [
          {
            place: last.placeOf('kustomize.image-name') ?? last.listed,
            parameters: { image, images: namesOf(all) },
          },
        ]
      : [];
  });
}

function namesOf(images: readonly LintedImage[]): string {
  return [...new Set(images.map(({ label }) => label))].join(', ');
}

/** Of several sources that could be meant, the one that is changed. */
function severalSources(reading: Reading) {
  const { application, writeBack, settings, images } = reading;
  const sources = application?.spec.sources ?? [];
  if (!application || !writeBack || sources.length < 2 || images.length === 0) {
    return [];
  }
  const { writeBackTarget, repository } = settings.gitConfig ?? {};
  const isFileGiven = writeBackTarget !== undefined && repository !== undefined;
  const chosen = sourceOf(application, writeBack);
  const equals = sources.filter(source =>
    (['helm', 'kustomize', 'plugin'] as const).every(
      tool => Boolean(source[tool]) === Boolean(chosen?.[tool]),
    ),
  );
  // A source with only a `ref` lends its files to the others.
  const candidates = equals.filter(({ path, chart }) => path ?? chart);
  return chosen &&
    candidates.length > 1 &&
    !(writeBack.method === 'git' && isFileGiven)
    ? [
        {
          place: placeIn(application, 'spec', 'sources'),
          parameters: {
            source: chosen.chart ?? chosen.path ?? '',
          },
        },
      ]
    : [];
}

/** Rules for what is written. */
export const targetRules = {
  image: [
    ofImage('target-of-other-tool', 'warning', otherTool),
    ofImage('helm-spec-overrides', 'warning', ({ image }) =>
      image.placeOf('helm.image-spec')
        ? setPlaces(image, ['helm.image-name', 'helm.image-tag']).map(
            ({ setting, place }) => ({ place, parameters: { setting } }),
          )
        : [],
    ),
    ofImage('helm-name-default', 'info', ({ image, reading }) => {
      const place = image.placeOf('helm.image-tag');
      return place &&
        toolOf(reading) === 'helm' &&
        !image.placeOf('helm.image-name') &&
        !image.placeOf('helm.image-spec')
        ? [{ place, parameters: {} }]
        : [];
    }),
  ],
  reading: [
    ofReading('shared-parameter', 'error', sharedParameters),
    ofReading('shared-kustomize-image', 'error', sharedKustomizeImages),
    ofReading('several-sources', 'warning', severalSources),
  ],
};

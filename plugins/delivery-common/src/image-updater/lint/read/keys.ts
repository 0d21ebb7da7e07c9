import leven from 'leven';

/** Prefix of every annotation of the Image Updater. */
export const PREFIX = 'argocd-image-updater.argoproj.io/';

/** Settings of the whole application only. */
const APPLICATION_SETTINGS = [
  'image-list',
  'write-back-method',
  'write-back-target',
  'git-branch',
  'git-repository',
] as const;

/** Settings of the whole application or of a single image. */
export const COMMON_SETTINGS = [
  'update-strategy',
  'force-update',
  'allow-tags',
  'ignore-tags',
  'pull-secret',
] as const;

/** Settings of single images only. */
const IMAGE_SETTINGS = [
  'platforms',
  'helm.image-name',
  'helm.image-tag',
  'helm.image-spec',
  'kustomize.image-name',
] as const;

export type ApplicationSetting = (typeof APPLICATION_SETTINGS)[number];
export type CommonSetting = (typeof COMMON_SETTINGS)[number];
export type ImageSetting = CommonSetting | (typeof IMAGE_SETTINGS)[number];
export type Setting = ApplicationSetting | ImageSetting;

const SETTINGS: readonly Setting[] = [
  ...APPLICATION_SETTINGS,
  ...COMMON_SETTINGS,
  ...IMAGE_SETTINGS,
];

/** Names of earlier releases and of other tools, which no distance finds. */
const FORMER: ReadonlyMap<string, Setting> = new Map<string, Setting>([
  ['tag-match', 'allow-tags'],
  ['filter-tag', 'allow-tags'],
  ['filter-tags', 'allow-tags'],
  ['tag-filter', 'allow-tags'],
  ['tag-regex', 'allow-tags'],
  ['regexp', 'allow-tags'],
  ['sort-mode', 'update-strategy'],
  ['strategy', 'update-strategy'],
  ['git-credentials', 'write-back-method'],
  ['git-creds', 'write-back-method'],
  ['git-repo', 'git-repository'],
  ['git-target', 'write-back-target'],
  ['target', 'write-back-target'],
  ['write-branch', 'git-branch'],
  ['branch', 'git-branch'],
  ['images', 'image-list'],
  ['credentials', 'pull-secret'],
  ['platform', 'platforms'],
  ['helm.image', 'helm.image-spec'],
  ['helm.name', 'helm.image-name'],
  ['helm.tag', 'helm.image-tag'],
  ['kustomize.name', 'kustomize.image-name'],
]);

/** More changes than this make another word. */
const MAX_DISTANCE = 3;

/** Longer than any key that Kubernetes accepts. */
const MAX_LENGTH = 320;

/** An annotation of the Image Updater, as the updater reads its key. */
export interface SettingKey {
  /** The whole key. */
  key: string;
  value: string;
  /** Absent: no setting has that name. */
  setting?: Setting;
  /** Absent: without one. */
  alias?: string;
  /** For an unknown setting, the key that was probably meant. */
  nearest?: string;
}

/** The annotations with the updater's prefix. */
export function settingKeys(
  annotations: Record<string, string> | null | undefined,
): SettingKey[] {
  return Object.entries(annotations ?? {})
    .filter(([key]) => key.startsWith(PREFIX))
    .map(([key, value]) => ({
      key,
      value,
      ...partsOf(key.slice(PREFIX.length)),
    }));
}

/** Whether a setting exists for a whole application. */
export function isOfApplication(setting: Setting): boolean {
  return !IMAGE_SETTINGS.some(other => other === setting);
}

/** Whether a setting exists for a single image. */
export function isOfImage(setting: Setting): boolean {
  return !APPLICATION_SETTINGS.some(other => other === setting);
}

/** The key of a setting. */
export function keyOf(setting: Setting, alias = ''): string {
  return `${PREFIX}${alias === '' ? '' : `${alias}.`}${setting}`;
}

/** The word that was probably meant; undefined if none is near. */
export function nearestOf<T extends string>(
  text: string,
  words: readonly T[],
): T | undefined {
  if (text.length > MAX_LENGTH) {
    return undefined;
  }
  const lower = text.toLowerCase();
  const limit = Math.min(MAX_DISTANCE, Math.floor(text.length / 3));
  const [nearest] = words
    .filter(word => word !== text)
    .map(word => ({
      word,
      distance: leven(lower, word.toLowerCase()),
    }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return nearest?.word;
}

type Parts = Pick<SettingKey, 'setting' | 'alias' | 'nearest'>;

/**
 * Aliases can contain dots, so a key is split before the longest setting that
 * it ends with.
 */
function partsOf(name: string): Parts {
  const setting = SETTINGS.filter(
    known => name === known || name.endsWith(`.${known}`),
  ).sort((a, b) => b.length - a.length)[0];
  if (setting !== undefined) {
    const alias = name.slice(0, -setting.length - 1);
    return { setting, ...(name !== setting && { alias }) };
  }
  return { nearest: nearestKey(name) };
}

/** Tries each split into alias and setting. */
function nearestKey(name: string): string | undefined {
  const splits = [
    ['', name],
    ...Array.from(name.matchAll(/\./g), ({ index }) => [
      name.slice(0, index),
      name.slice(index + 1),
    ]),
  ];
  for (const [alias, rest] of splits) {
    const meant = FORMER.get(rest.toLowerCase()) ?? nearestOf(rest, SETTINGS);
    if (meant !== undefined) {
      return keyOf(meant, isOfImage(meant) ? alias : '');
    }
  }
  return undefined;
}

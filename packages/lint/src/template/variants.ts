import type { LintedApplication } from '@landfall/backstage-plugin-delivery-common';

const PREFIX = 'argocd-image-updater.argoproj.io/';
const IMAGE_LIST = `${PREFIX}image-list`;

/**
 * Stands for text that a generator fills in. It is valid in every name, and
 * recognized in the parameters of a finding.
 */
export const UNKNOWN = 'zzunknownzz';

const ACTION = /\{\{[\s\S]*?\}\}/g;
const ONLY_ACTIONS = /^\s*(?:\{\{[\s\S]*?\}\}\s*)+$/;

/**
 * Values of settings on which others depend. A variant has one of each, so what
 * is found in all variants doesn't depend on the setting.
 */
const CANDIDATES: readonly [setting: string, values: readonly string[]][] = [
  ['update-strategy', ['semver', 'digest', 'newest-build', 'alphabetical']],
  ['write-back-method', ['argocd', 'git', 'git', 'argocd']],
  [
    'write-back-target',
    ['helmvalues:/values.yaml', 'kustomization', UNKNOWN, 'kustomization'],
  ],
  ['force-update', ['true', 'false', 'true', 'false']],
];

const VARIANTS = 4;

/** Whether a text has actions of a template. */
export function isTemplated(text: string): boolean {
  return text.includes('{{');
}

/** Whether an entry of a list of images has no text of its own. */
export function hasUnknownImages(list: string): boolean {
  return entriesOf(list).some(isUnknownEntry);
}

/** A name as the pattern that matches whatever generators fill in. */
export function patternOf(text: string): string {
  return text.replace(ACTION, '*');
}

/** Applications that the template of an ApplicationSet may result in. */
export function variantsOf(template: LintedApplication): LintedApplication[] {
  const { metadata, spec } = template;
  const annotations = Object.entries(metadata.annotations ?? {}).filter(
    ([key]) => !isTemplated(key),
  );
  return Array.from({ length: VARIANTS }, (_, variant) => ({
    ...template,
    metadata: {
      ...metadata,
      name: filled(metadata.name),
      namespace: filled(metadata.namespace),
      labels: mapValues(Object.entries(metadata.labels ?? {}), (__, value) =>
        filled(value),
      ),
      annotations: mapValues(annotations, (key, value) =>
        key === IMAGE_LIST
          ? imageList(value, aliasesIn(annotations), variant)
          : valueOf(key, value, variant),
      ),
    },
    spec: filledIn(spec),
  }));
}

function valueOf(key: string, value: string, variant: number): string {
  if (!ONLY_ACTIONS.test(value)) {
    return filled(value);
  }
  const [, values = [UNKNOWN]] =
    CANDIDATES.find(
      ([setting]) => key === PREFIX + setting || key.endsWith(`.${setting}`),
    ) ?? [];
  return values[variant % values.length];
}

/**
 * An entry without any text of its own may stand for the whole list, with every
 * alias that has settings. In every second variant, images have a version.
 */
function imageList(
  list: string,
  aliases: readonly string[],
  variant: number,
): string {
  const version = variant % 2 === 0 ? '' : ':1.0';
  return entriesOf(list)
    .flatMap(entry => {
      if (isUnknownEntry(entry)) {
        return [entry, ...aliases.map(alias => `${alias}=${UNKNOWN}`)].map(
          each => `${each}${version}`,
        );
      }
      return entry.endsWith(UNKNOWN) ? `${entry}${version}` : entry;
    })
    .join(',');
}

/** Commas within actions don't separate images. */
function entriesOf(list: string): string[] {
  return filled(list).split(',');
}

function isUnknownEntry(entry: string): boolean {
  return entry.includes(UNKNOWN) && entry.replaceAll(UNKNOWN, '').trim() === '';
}

/** What may be aliases, in the keys of settings. */
function aliasesIn(annotations: readonly [string, string][]): string[] {
  const names = annotations
    .filter(
      ([key]) => key.startsWith(PREFIX) && key.includes('.', PREFIX.length),
    )
    .map(([key]) => key.slice(PREFIX.length).split('.')[0]);
  return [...new Set(names)];
}

function filled(text: string): string {
  return text.replace(ACTION, UNKNOWN);
}

/** The same value with its texts filled in. */
function filledIn<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
    typeof inner === 'string' ? filled(inner) : inner,
  );
}

function mapValues(
  entries: readonly [string, string][],
  map: (key: string, value: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    entries.map(([key, value]) => [key, map(key, value)]),
  );
}

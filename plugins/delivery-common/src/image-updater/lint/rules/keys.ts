import type { LintContext } from '../read/LintContext';
import {
  isOfApplication,
  isOfImage,
  keyOf,
  nearestOf,
  PREFIX,
  type Setting,
  type SettingKey,
} from '../read/keys';
import { entriesOf, valueAt } from '../read/fields';
import { annotationPlace, placeIn } from '../read/place';
import { trimSpace } from '../../text';
import { ofApplication } from './rule';

/** Prefixes that aren't near enough in letters. */
const WRONG_PREFIXES = [
  'image-updater.argoproj.io',
  'argocd-image-updater',
  'argo-image-updater.argoproj.io',
  'argocd-image-updater.argoproj-labs.io',
];

type KnownKey = SettingKey & { setting: Setting };

/** The keys of known settings, if anything reads annotations at all. */
function knownKeys({ keys, readings }: LintContext): KnownKey[] {
  return readings.some(({ from }) => from === 'annotations')
    ? keys.filter((key): key is KnownKey => key.setting !== undefined)
    : [];
}

/** Kubernetes keeps `null` as an empty text. */
function isText(value: unknown): boolean {
  return typeof value === 'string' || value === null;
}

function unknownKeys({ keys }: LintContext): SettingKey[] {
  return keys.filter(({ setting }) => setting === undefined);
}

/** Settings of aliases that `image-list` doesn't have. */
function unlisted(
  context: LintContext,
): (KnownKey & { alias: string; meant?: string })[] {
  const list = context.application.metadata.annotations?.[keyOf('image-list')];
  if (list === undefined) {
    return [];
  }
  const aliases = list
    .split(',')
    .filter(entry => entry.includes('='))
    .map(entry => trimSpace(entry.slice(0, entry.indexOf('='))));
  return knownKeys(context).flatMap(key => {
    const { alias, setting } = key;
    return alias !== undefined && isOfImage(setting) && !aliases.includes(alias)
      ? [{ ...key, alias, meant: nearestOf(alias, aliases) }]
      : [];
  });
}

/** Rules for the keys of annotations. */
export const keyRules = [
  ofApplication('unknown-key', 'warning', context =>
    unknownKeys(context)
      .filter(({ nearest }) => nearest === undefined)
      .map(({ key }) => ({
        place: annotationPlace(context.application, key),
        parameters: { key },
      })),
  ),
  ofApplication('misspelt-key', 'warning', context =>
    unknownKeys(context).flatMap(({ key, nearest }) =>
      nearest === undefined
        ? []
        : [
            {
              place: annotationPlace(context.application, key),
              parameters: { key, nearest },
            },
          ],
    ),
  ),
  ofApplication('misspelt-prefix', 'warning', ({ application }) =>
    Object.keys(application.metadata.annotations ?? {}).flatMap(key => {
      const slash = key.indexOf('/');
      const prefix = key.slice(0, Math.max(slash, 0));
      const right = PREFIX.slice(0, -1);
      return prefix !== right &&
        (WRONG_PREFIXES.includes(prefix) || nearestOf(prefix, [right]))
        ? [
            {
              place: annotationPlace(application, key),
              parameters: { key, nearest: `${right}${key.slice(slash)}` },
            },
          ]
        : [];
    }),
  ),
  ofApplication('key-of-application', 'warning', context =>
    knownKeys(context)
      .filter(
        ({ alias, setting }) => alias !== undefined && !isOfImage(setting),
      )
      .map(({ key, setting }) => ({
        place: annotationPlace(context.application, key),
        parameters: { key, setting },
      })),
  ),
  ofApplication('key-of-image', 'warning', context =>
    knownKeys(context)
      .filter(
        ({ alias, setting }) =>
          alias === undefined && !isOfApplication(setting),
      )
      .map(({ key, setting }) => ({
        place: annotationPlace(context.application, key),
        parameters: { key, setting },
      })),
  ),
  ofApplication('alias-unlisted', 'warning', context =>
    unlisted(context)
      .filter(({ meant }) => meant === undefined)
      .map(({ key, alias }) => ({
        place: annotationPlace(context.application, key),
        parameters: { key, alias },
      })),
  ),
  ofApplication('alias-misspelt', 'warning', context =>
    unlisted(context).flatMap(({ key, alias, meant }) =>
      meant === undefined
        ? []
        : [
            {
              place: annotationPlace(context.application, key),
              parameters: { key, alias, nearest: meant },
            },
          ],
    ),
  ),
  ofApplication('value-empty', 'warning', context =>
    knownKeys(context)
      .filter(
        ({ setting, value }) =>
          trimSpace(value) === '' &&
          // These have findings of their own.
          setting !== 'force-update' &&
          setting !== 'image-list',
      )
      .map(({ key }) => ({
        place: annotationPlace(context.application, key),
        parameters: { key },
      })),
  ),
  ofApplication('value-not-text', 'error', ({ application }) =>
    entriesOf(valueAt(application.written, 'metadata', 'annotations'))
      .filter(([key, value]) => key.startsWith(PREFIX) && !isText(value))
      .map(([key]) => ({
        place: annotationPlace(application, key),
        parameters: { key },
      })),
  ),
  ofApplication('label-not-annotation', 'warning', ({ application }) =>
    Object.keys(application.metadata.labels ?? {})
      .filter(key => key.startsWith(PREFIX))
      .map(key => ({
        place: placeIn(application, 'metadata', 'labels', key),
        parameters: { key },
      })),
  ),
  ofApplication('image-list-missing', 'error', context => {
    const annotation = keyOf('image-list');
    const [first] = knownKeys(context);
    return first && !context.keys.some(({ key }) => key === annotation)
      ? [
          {
            place: annotationPlace(context.application, first.key),
            parameters: { annotation },
          },
        ]
      : [];
  }),
];

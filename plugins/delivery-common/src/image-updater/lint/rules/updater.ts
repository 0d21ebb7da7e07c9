import { labelsMatch } from '../../matching/labels';
import type { PolicyProblem } from '../../problem';
import { parseGlob } from '../../tags/glob';
import { UPDATE_DEFAULTS } from '../read/defaults';
import { entriesOf, SPEC_FIELDS, unknownFields, valueAt } from '../read/fields';
import { nearestOf } from '../read/keys';
import { placeInSpec } from '../read/place';
import type { LintedUpdater } from '../types';
import { ofUpdater } from './rule';

function refsOf({ spec }: LintedUpdater) {
  return (spec.applicationRefs ?? []).map((ref, index) => ({
    ref,
    index,
    at: ['applicationRefs', index] as const,
  }));
}

function unknown(updater: LintedUpdater) {
  return unknownFields(updater.written, SPEC_FIELDS).map(
    ({ path, field, known }) => ({
      place: placeInSpec(updater, ...path),
      field,
      nearest: nearestOf(field, known),
    }),
  );
}

/** Fields of a reference that only count without `useAnnotations`. */
function ignoredSettings(updater: LintedUpdater) {
  const refs = refsOf(updater);
  const ofRefs = refs
    .filter(({ ref }) => ref.useAnnotations)
    .flatMap(({ ref, at }) =>
      (['images', 'commonUpdateSettings', 'writeBackConfig'] as const)
        .filter(field =>
          field === 'images' ? ref.images?.length : ref[field] !== undefined,
        )
        .map(field => ({
          place: placeInSpec(updater, ...at, field),
          parameters: { field },
        })),
    );
  const isSpecUnused =
    refs.length > 0 && refs.every(({ ref }) => ref.useAnnotations);
  const ofSpec = (['commonUpdateSettings', 'writeBackConfig'] as const)
    .filter(field => isSpecUnused && updater.spec[field] !== undefined)
    .map(field => ({
      place: placeInSpec(updater, field),
      parameters: { field },
    }));
  return [...ofRefs, ...ofSpec];
}

/**
 * Settings that Kubernetes adds to an inner level and that differ from the
 * outer one. Only known of a resource as it was written.
 */
function overridingDefaults(updater: LintedUpdater) {
  const { written } = updater;
  const levels = refsOf(updater)
    .filter(({ ref }) => !ref.useAnnotations)
    .flatMap(({ ref, at }) => [
      { outer: [[]], inner: at },
      ...(ref.images ?? []).map((_, image) => ({
        outer: [at, []],
        inner: [...at, 'images', image],
      })),
    ]);
  return levels.flatMap(({ outer, inner }) =>
    entriesOf(UPDATE_DEFAULTS).flatMap(([field, value]) => {
      const block = [...inner, 'commonUpdateSettings'];
      const given = outer
        .map(path => valueAt(written, ...path, 'commonUpdateSettings', field))
        .find(found => found !== undefined && found !== null);
      const isAdded =
        valueAt(written, ...block) !== undefined &&
        (valueAt(written, ...block, field) ?? undefined) === undefined;
      return isAdded && given !== undefined && given !== value
        ? [
            {
              place: placeInSpec(updater, ...block),
              parameters: {
                field,
                value: String(value),
                replaced: String(given),
              },
            },
          ]
        : [];
    }),
  );
}

function brokenSelectors(updater: LintedUpdater) {
  return refsOf(updater).flatMap(({ ref, at }) => {
    const problems: PolicyProblem[] = [];
    labelsMatch({}, ref.labelSelectors, problem => problems.push(problem));
    return problems.map(({ message }) => ({
      place: placeInSpec(updater, ...at, 'labelSelectors'),
      parameters: { message },
    }));
  });
}

/** Rules for ImageUpdaters alone. */
export const updaterRules = [
  ofUpdater('applications-missing', 'error', updater =>
    refsOf(updater).length === 0
      ? [{ place: placeInSpec(updater), parameters: {} }]
      : [],
  ),
  ofUpdater('name-pattern-invalid', 'error', updater =>
    refsOf(updater)
      .filter(({ ref }) => !parseGlob(ref.namePattern))
      .map(({ ref, at }) => ({
        place: placeInSpec(updater, ...at, 'namePattern'),
        parameters: { pattern: ref.namePattern },
      })),
  ),
  ofUpdater('label-selector-invalid', 'error', brokenSelectors),
  ofUpdater('images-missing', 'error', updater =>
    refsOf(updater)
      .filter(({ ref }) => !ref.useAnnotations && !ref.images?.length)
      .map(({ at }) => ({
        place: placeInSpec(updater, ...at),
        parameters: {},
      })),
  ),
  ofUpdater('ref-duplicate', 'error', updater => {
    const refs = refsOf(updater);
    return refs
      .filter(({ ref, index }) =>
        refs
          .slice(0, index)
          .some(other => other.ref.namePattern === ref.namePattern),
      )
      .map(({ ref, at }) => ({
        place: placeInSpec(updater, ...at, 'namePattern'),
        parameters: { pattern: ref.namePattern },
      }));
  }),
  ofUpdater('manifest-targets-ambiguous', 'error', updater =>
    refsOf(updater).flatMap(({ ref, at }) =>
      (ref.images ?? []).flatMap(({ alias, manifestTargets }, image) =>
        Object.values(manifestTargets ?? {}).filter(Boolean).length > 1
          ? [
              {
                place: placeInSpec(
                  updater,
                  ...at,
                  'images',
                  image,
                  'manifestTargets',
                ),
                parameters: { alias },
              },
            ]
          : [],
      ),
    ),
  ),
  ofUpdater('settings-ignored', 'warning', ignoredSettings),
  ofUpdater('unknown-field', 'error', updater =>
    unknown(updater)
      .filter(({ nearest }) => nearest === undefined)
      .map(({ place, field }) => ({ place, parameters: { field } })),
  ),
  ofUpdater('misspelt-field', 'error', updater =>
    unknown(updater).flatMap(({ place, field, nearest }) =>
      nearest === undefined ? [] : [{ place, parameters: { field, nearest } }],
    ),
  ),
  ofUpdater('default-overrides', 'error', overridingDefaults),
  ofUpdater('verification-ignored', 'error', updater =>
    valueAt(updater.written, 'imagesVerification') === undefined
      ? []
      : refsOf(updater)
          .filter(
            ({ ref, at }) =>
              ref.useAnnotations &&
              valueAt(updater.written, ...at, 'imagesVerification') ===
                undefined,
          )
          .map(({ at }) => ({
            place: placeInSpec(updater, ...at, 'useAnnotations'),
            parameters: {},
          })),
  ),
];

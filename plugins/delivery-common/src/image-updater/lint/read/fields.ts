/** The fields of an object; `[]` marks the elements of a list. */
export interface Fields {
  [field: string]: Fields | true;
}

const UPDATE_SETTINGS: Fields = {
  updateStrategy: true,
  forceUpdate: true,
  allowTags: true,
  ignoreTags: true,
  pullSecret: true,
  platforms: true,
};

const WRITE_BACK: Fields = {
  method: true,
  gitConfig: {
    repository: true,
    branch: true,
    writeBackTarget: true,
    pullRequest: { github: true, gitlab: true },
  },
};

const VERIFICATION: Fields = {
  enabled: true,
  cosignKey: { secretName: true, key: true },
};

const TARGET: Fields = { name: true, tag: true, spec: true };

/** The fields of an ImageUpdater's `spec` in version 1.3. */
export const SPEC_FIELDS: Fields = {
  commonUpdateSettings: UPDATE_SETTINGS,
  writeBackConfig: WRITE_BACK,
  imagesVerification: VERIFICATION,
  applicationRefs: {
    '[]': {
      namePattern: true,
      labelSelectors: true,
      useAnnotations: true,
      commonUpdateSettings: UPDATE_SETTINGS,
      writeBackConfig: WRITE_BACK,
      imagesVerification: VERIFICATION,
      images: {
        '[]': {
          alias: true,
          imageName: true,
          commonUpdateSettings: UPDATE_SETTINGS,
          imagesVerification: VERIFICATION,
          manifestTargets: {
            helm: TARGET,
            kustomize: { name: true },
            plugin: TARGET,
          },
        },
      },
    },
  },
};

/** A field that the resource doesn't have. */
export interface UnknownField {
  path: (string | number)[];
  field: string;
  /** The fields that exist in its place. */
  known: string[];
}

/** The fields of a value that aren't among the known ones, at any depth. */
export function unknownFields(
  value: unknown,
  fields: Fields | true,
  path: (string | number)[] = [],
): UnknownField[] {
  if (fields === true) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      unknownFields(item, fields['[]'] ?? true, [...path, index]),
    );
  }
  return entriesOf(value).flatMap(([field, inner]) =>
    Object.hasOwn(fields, field)
      ? unknownFields(inner, fields[field], [...path, field])
      : [{ path: [...path, field], field, known: Object.keys(fields) }],
  );
}

/** The entries of an object; none of another value. */
export function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : [];
}

/** A value within objects and lists; undefined if there is none. */
export function valueAt(
  value: unknown,
  ...path: readonly (string | number)[]
): unknown {
  let current = value;
  for (const step of path) {
    if (Array.isArray(current)) {
      current = typeof step === 'number' ? current[step] : undefined;
    } else {
      current = entriesOf(current).find(([key]) => key === String(step))?.[1];
    }
  }
  return current;
}

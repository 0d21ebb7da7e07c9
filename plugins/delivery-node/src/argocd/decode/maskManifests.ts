import type { JsonObject, JsonValue } from '@backstage/types';
import { isSecretName, maskText } from './maskText';

/** Stands for a value that isn't shown. */
export const HIDDEN = '(hidden)';

/** Stands for a desired value that isn't shown and differs from the live one. */
export const HIDDEN_CHANGE = '(hidden, changed)';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Annotations of Secrets that Argo CD sets, which hold no secrets. */
const ARGOCD = 'argocd.argoproj.io/';

interface Side {
  /** What stands for a hidden value, given that of the other state. */
  hidden(value: JsonValue | undefined, other: JsonValue | undefined): string;
}

const LIVE: Side = { hidden: () => HIDDEN };

const DESIRED: Side = {
  hidden: (value, live) =>
    live === undefined || JSON.stringify(value) === JSON.stringify(live)
      ? HIDDEN
      : HIDDEN_CHANGE,
};

/**
 * Two states of one object without values that are or may be secret. Whether such
 * a value differs between the two can still be seen.
 *
 * - Of a Secret, also of one inside another object, only what identifies it, its
 *   labels and the names of its keys and annotations are kept. Argo CD blanks the
 *   values, too, but a portal that many people use doesn't rely on that.
 * - `last-applied-configuration` and `managedFields` go: they repeat the object, the
 *   former with its values, and nobody wrote them.
 * - In other objects, values are hidden by the name of their key or environment
 *   variable, such as `DB_PASSWORD`, and in texts, such as `--token=…`, URLs with
 *   credentials and private keys. That is a guess, since anybody can write a
 *   password into any field. But Git shows it to fewer people than this does.
 *   Variables with `valueFrom` only refer to a secret and are kept.
 */
export function maskManifests({
  live,
  desired,
}: {
  live?: JsonObject;
  desired?: JsonObject;
}): { live?: JsonObject; desired?: JsonObject } {
  return {
    ...(live && { live: maskObject(live, desired, LIVE) }),
    ...(desired && { desired: maskObject(desired, live, DESIRED) }),
  };
}

function maskObject(
  object: JsonObject,
  other: JsonValue | undefined,
  side: Side,
): JsonObject {
  const counterpart = isObject(other) ? other : {};
  if (isSecret(object)) {
    return maskSecret(object, counterpart, side);
  }
  const { name } = object;
  const namesSecret = typeof name === 'string' && isSecretName(name);
  return mapEntries(object, (key, value) => {
    if (key === LAST_APPLIED || key === 'managedFields') {
      return undefined;
    }
    return isSecretName(key) || (namesSecret && key === 'value')
      ? hideScalars(value, counterpart[key], side)
      : maskValue(value, counterpart[key], side);
  });
}

function maskValue(
  value: JsonValue,
  other: JsonValue | undefined,
  side: Side,
): JsonValue {
  if (typeof value === 'string') {
    const masked = maskText(value, HIDDEN);
    const changed =
      masked !== value &&
      typeof other === 'string' &&
      other !== value &&
      maskText(other, HIDDEN) === masked;
    return changed ? maskText(value, side.hidden(value, other)) : masked;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => {
      const counterpart = counterpartOf(item, index, other);
      return isSecretFlag(value[index - 1])
        ? hideScalars(item, counterpart, side)
        : maskValue(item, counterpart, side);
    });
  }
  return isObject(value) ? maskObject(value, other, side) : value;
}

/** Objects below such a key are references, as in `secret: {secretName: a}`. */
function hideScalars(
  value: JsonValue,
  other: JsonValue | undefined,
  side: Side,
): JsonValue {
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      hideScalars(item, counterpartOf(item, index, other), side),
    );
  }
  if (isObject(value)) {
    return maskObject(value, other, side);
  }
  return typeof value === 'boolean' || value === null || value === ''
    ? value
    : side.hidden(value, other);
}

function maskSecret(
  secret: JsonObject,
  other: JsonObject,
  side: Side,
): JsonObject {
  return mapEntries(secret, (key, value) => {
    switch (key) {
      case 'apiVersion':
      case 'kind':
      case 'type':
      case 'immutable':
        return isObject(value) || Array.isArray(value) ? undefined : value;
      case 'metadata':
        return isObject(value)
          ? maskMetadata(value, other[key], side)
          : undefined;
      case 'data':
      case 'stringData':
        return hideEntries(value, other[key], side);
      default:
        return undefined;
    }
  });
}

function maskMetadata(
  { name, namespace, labels, annotations }: JsonObject,
  other: JsonValue | undefined,
  side: Side,
): JsonObject {
  const own = isObject(annotations) ? annotations : {};
  const others = isObject(other) ? other.annotations : undefined;
  const kept = Object.entries(own).filter(([key]) => key.startsWith(ARGOCD));
  const hidden = Object.entries(own).filter(
    ([key]) => !key.startsWith(ARGOCD) && key !== LAST_APPLIED,
  );
  return {
    name,
    ...(namespace !== undefined && { namespace }),
    ...(labels !== undefined && { labels }),
    ...((kept.length > 0 || hidden.length > 0) && {
      annotations: {
        ...Object.fromEntries(kept),
        ...hideEntries(Object.fromEntries(hidden), others, side),
      },
    }),
  };
}

/** Every value of an object, whatever it is. */
function hideEntries(
  value: JsonValue,
  other: JsonValue | undefined,
  side: Side,
): JsonObject {
  const counterpart = isObject(other) ? other : {};
  return isObject(value)
    ? mapEntries(value, (key, one) => side.hidden(one, counterpart[key]))
    : {};
}

/** Lists such as `env` are ordered by their authors, so their items go by name. */
function counterpartOf(
  item: JsonValue,
  index: number,
  other: JsonValue | undefined,
): JsonValue | undefined {
  if (!Array.isArray(other)) {
    return undefined;
  }
  const name = isObject(item) ? item.name : undefined;
  return typeof name === 'string'
    ? other.find(one => isObject(one) && one.name === name)
    : other[index];
}

/** Not a reference to one, which has a kind and a name. */
function isSecret({ kind, metadata, data, stringData }: JsonObject): boolean {
  return (
    kind === 'Secret' &&
    [metadata, data, stringData].some(part => part !== undefined)
  );
}

/** As in `['--password', 'x']`. */
function isSecretFlag(value: JsonValue | undefined): boolean {
  return (
    typeof value === 'string' &&
    /^--?[\w-]+$/.test(value) &&
    isSecretName(value)
  );
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapEntries(
  object: JsonObject,
  map: (key: string, value: JsonValue) => JsonValue | undefined,
): JsonObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]) => {
      const mapped = value === undefined ? undefined : map(key, value);
      return mapped === undefined ? [] : [[key, mapped]];
    }),
  );
}

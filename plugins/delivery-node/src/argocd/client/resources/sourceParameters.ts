import type { JsonObject, JsonValue } from '@backstage/types';
import { parse } from 'yaml';
import { z } from 'zod';
import { HIDDEN, isSecretName, maskManifests } from '../../decode';
import type { SourceParameter } from '../../detailTypes';

/** More than anybody reads of one source; Argo CD's own page has them all. */
const MAX_PARAMETERS = 200;

/** Longer values are cut; nobody writes them to be read in a line. */
const MAX_LENGTH = 500;

/** `maskManifests` hides by the names that manifests have; charts have more. */
const SECRET_NAME =
  /(?:^|[._-])(?:key|pwd|pass|pw|psw|cert|dsn|salt|seed|hash|license|cookie|jwt|sas|webhook|connection-?string|conn)$/i;

/** Digests are public, and as long as a key. */
const DIGEST = /sha256:[0-9a-f]{64}/g;

/** One line, without characters that only passwords and programs have. */
const PLAIN_TEXT = /^[\w .,:/@=+~^*%()-]*$/;

/**
 * A word in lower or upper case, one such as `IfNotPresent` or `ClusterIP`, a number
 * with its unit, or something too short for a key.
 */
const PLAIN_WORD =
  /^(?:[a-z]{0,24}|[A-Z]{0,24}|(?:[A-Z][a-z]+){1,4}[A-Z]{0,3}|\d{1,12}[A-Za-z]{0,3}|[A-Za-z0-9]{0,6})$/;

/** Lists whose items are the parameters themselves. */
const PARAMETERS = ['parameters', 'fileParameters', 'env'];

/** What holds the value of a named item. */
const VALUES = ['value', 'string', 'map', 'array', 'path'];

const object = z.record(z.string(), z.unknown());

const sourceSchema = z.object({
  helm: object.nullish(),
  kustomize: object.nullish(),
  directory: object.nullish(),
  plugin: object.nullish(),
});

type RawSource = z.infer<typeof sourceSchema>;

/** The part of an Application's spec that sets up the tools of its sources. */
export const parametersSchema = z.object({
  source: sourceSchema.nullish(),
  sources: z.array(sourceSchema).nullish(),
  sourceHydrator: z.object({ drySource: sourceSchema.nullish() }).nullish(),
});

/**
 * What an application passes to the tool of each source, in the order of its sources.
 * Anybody may write a password anywhere, so this errs on the safe side: values are
 * hidden by the name they have, and unless they are plain words and numbers.
 */
export function toSourceParameters(
  spec: z.infer<typeof parametersSchema> | null | undefined,
): SourceParameter[][] {
  const { source, sources, sourceHydrator } = spec ?? {};
  const all = sources?.length
    ? sources
    : [sourceHydrator?.drySource ?? source ?? {}];
  return all.map(parametersOf);
}

function parametersOf({
  helm,
  kustomize,
  directory,
  plugin,
}: RawSource): SourceParameter[] {
  const parts = [helm && helmOf(helm), kustomize, directory, plugin];
  return parts
    .flatMap(part => (part ? flattened('', masked(toJson(part))) : []))
    .slice(0, MAX_PARAMETERS)
    .map(({ name, value }) => ({
      name,
      value: looksSecret(name, value) ? HIDDEN : cut(value),
    }));
}

/** Values files are shown beside the source; inline values are YAML in a text. */
function helmOf({ valueFiles: _, values, ...others }: JsonLike): JsonLike {
  return { ...others, ...(values !== undefined && { values: parsed(values) }) };
}

type JsonLike = Record<string, unknown>;

function parsed(values: unknown): unknown {
  try {
    const found: unknown = typeof values === 'string' ? parse(values) : values;
    // A text could be anything.
    return typeof found === 'object' ? found : HIDDEN;
  } catch {
    return HIDDEN;
  }
}

/** Without what JSON doesn't have, such as dates of YAML. */
function toJson(value: JsonLike): JsonObject {
  return JSON.parse(JSON.stringify(value));
}

function masked(value: JsonObject): JsonValue {
  return maskManifests({ live: value }).live ?? {};
}

/** `a.b=1`, with the name of an item instead of its place in a list. */
function flattened(
  path: string,
  value: JsonValue | undefined,
): SourceParameter[] {
  if (value === undefined || value === null || value === '') {
    return [];
  }
  if (Array.isArray(value)) {
    return value.flatMap(
      (item, index) =>
        itemOf(path, item) ?? flattened(`${path}[${index}]`, item),
    );
  }
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([key, item]) =>
      flattened(path === '' ? key : `${path}.${key}`, item),
    );
  }
  return [{ name: path, value: String(value) }];
}

/** An item with a name, as parameters and environment variables are written. */
function itemOf(
  path: string,
  item: JsonValue | undefined,
): SourceParameter[] | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    return undefined;
  }
  const { name, forceString: _, ...others } = item;
  if (typeof name !== 'string') {
    return undefined;
  }
  const base = PARAMETERS.includes(path) ? name : `${path}.${name}`;
  return Object.entries(others).flatMap(([key, value]) =>
    flattened(VALUES.includes(key) ? base : `${base}.${key}`, value),
  );
}

/**
 * The name says that it is one, or the value can't be told from one: a file or a
 * patch has anything under any name, and keys and passwords mix letters and digits.
 */
function looksSecret(name: string, value: string): boolean {
  return (
    name
      .split(/[.[\]]+/)
      .some(part => isSecretName(part) || SECRET_NAME.test(part)) ||
    /(?:^|\.)patch/i.test(name) ||
    !isPlain(value)
  );
}

/** Words, numbers, quantities, versions, hosts, paths and digests. */
function isPlain(value: string): boolean {
  return (
    PLAIN_TEXT.test(value) &&
    value
      .replace(DIGEST, '')
      .split(/[^A-Za-z0-9]+/)
      .every(word => PLAIN_WORD.test(word))
  );
}

function cut(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}

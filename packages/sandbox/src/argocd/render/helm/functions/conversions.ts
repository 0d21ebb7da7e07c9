import { satisfies, valid, coerce } from 'semver';
import { sortKeys } from '../../../json';
import { parseYaml, toYaml } from '../../../yaml';
import type { TemplateFunction } from '../evaluate';
import { format } from '../format';
import { list, text } from './args';

function kindOf(value: unknown): string {
  if (value === undefined || value === null) {
    return 'invalid';
  }
  if (Array.isArray(value)) {
    return 'slice';
  }
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'number':
      // Values come through JSON in Helm, where every number is a float.
      return 'float64';
    case 'object':
      return 'map';
    default:
      return typeof value;
  }
}

const GO_TYPES: Record<string, string> = {
  slice: '[]interface {}',
  map: 'map[string]interface {}',
  invalid: '<nil>',
};

function typeOf(value: unknown): string {
  const kind = kindOf(value);
  return GO_TYPES[kind] ?? kind;
}

function parsed<T>(parse: () => T): T | { Error: string } {
  try {
    return parse();
  } catch (error) {
    return { Error: error instanceof Error ? error.message : String(error) };
  }
}

function goDate(layout: string, date: Date): string {
  const iso = date.toISOString();
  return layout
    .replace('2006', iso.slice(0, 4))
    .replace('01', iso.slice(5, 7))
    .replace('02', iso.slice(8, 10))
    .replace('15', iso.slice(11, 13))
    .replace('04', iso.slice(14, 16))
    .replace('05', iso.slice(17, 19));
}

export const conversions: Record<string, TemplateFunction> = {
  toString: (args: unknown[]) => format(args[0]),
  toYaml: ([value]) => toYaml(value ?? null),
  toYamlPretty: ([value]) => toYaml(value ?? null),
  fromYaml: ([value]) => parsed(() => parseYaml(text(value)) ?? {}),
  fromYamlArray: ([value]) => parsed(() => list(parseYaml(text(value)))),
  toJson: ([value]) => JSON.stringify(sortKeys(value ?? null)),
  toPrettyJson: ([value]) => JSON.stringify(sortKeys(value ?? null), null, 2),
  toRawJson: ([value]) => JSON.stringify(sortKeys(value ?? null)),
  fromJson: ([value]) => parsed(() => JSON.parse(text(value))),
  fromJsonArray: ([value]) => parsed(() => list(JSON.parse(text(value)))),
  b64enc: ([value]) => Buffer.from(text(value)).toString('base64'),
  b64dec: ([value]) => Buffer.from(text(value), 'base64').toString('utf8'),
  urlquery: ([value]) => encodeURIComponent(text(value)),
  kindOf: ([value]) => kindOf(value),
  kindIs: ([kind, value]) => kindOf(value) === kind,
  typeOf: ([value]) => typeOf(value),
  typeIs: ([type, value]) => typeOf(value) === type,
  typeIsLike: ([type, value]) => typeOf(value) === type,
  semverCompare: ([range, version]) => {
    const cleaned = valid(text(version)) ?? coerce(text(version));
    // `>=1.19-0` is how charts let prereleases in; node-semver wants all three numbers before a dash.
    const full = text(range).replace(/(?<![\d.])(\d+\.\d+)(?=-)/g, '$1.0');
    return (
      cleaned !== null && satisfies(cleaned, full, { includePrerelease: true })
    );
  },
  semver: ([version]) => {
    const cleaned = coerce(text(version));
    return cleaned
      ? {
          Major: cleaned.major,
          Minor: cleaned.minor,
          Patch: cleaned.patch,
          Original: text(version),
        }
      : {};
  },
  now: () => new Date().toISOString(),
  date: ([layout, value]) =>
    goDate(text(layout), new Date(text(value) || Date.now())),
  htmlDate: ([value]) =>
    goDate('2006-01-02', new Date(text(value) || Date.now())),
  urlParse: ([value]) => {
    const url = new URL(text(value));
    return {
      scheme: url.protocol.replace(':', ''),
      host: url.host,
      hostname: url.hostname,
      path: url.pathname,
      query: url.search.slice(1),
    };
  },
};

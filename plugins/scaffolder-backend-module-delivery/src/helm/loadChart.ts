import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';
import type { JsonObject, JsonValue } from '@backstage/types';
import type { Schema } from 'jsonschema';
import { readdir, readFile } from 'node:fs/promises';
import yaml from 'yaml';

/** A chart in a folder, with the values that it would be rendered with. */
export interface LoadedChart {
  name: string;
  version: string;
  /** Those of the chart, with those of the files over them. */
  values: JsonObject;
  /** The schema of its values; absent if the chart has none. */
  schema: Schema | undefined;
}

/**
 * Reads a chart, and merges values as Helm does: maps are merged, anything else is
 * replaced, and null removes a value of the chart.
 *
 * @param folder - the folder of the chart
 * @param valueFiles - paths within the folder, the last one wins
 * @throws InputError that names the file, and the line where there is one
 */
export async function loadChart(
  folder: string,
  valueFiles: readonly string[],
): Promise<LoadedChart> {
  await refuseLinks(folder);
  const chart = await readMap(folder, 'Chart.yaml');
  const { name, version, apiVersion } = chart;
  if (typeof name !== 'string' || typeof version !== 'string') {
    throw new InputError(
      'Chart.yaml has no name or version. Helm needs both, as text',
    );
  }
  if (apiVersion !== 'v2') {
    throw new InputError(
      `Chart.yaml has the apiVersion ${JSON.stringify(
        apiVersion,
      )}. Charts for Helm 3 and later need v2`,
    );
  }
  const own = await readMap(folder, 'values.yaml', { optional: true });
  const files = await Promise.all(
    valueFiles.map(file => readMap(folder, file)),
  );
  const text = await readText(folder, 'values.schema.json');
  return {
    name,
    version,
    values: files.reduce(merged, own),
    schema: text === undefined ? undefined : parseSchema(text),
  };
}

/** Helm follows links, which may lead to files of the portal's host. */
async function refuseLinks(folder: string): Promise<void> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  }).catch(error => {
    throw new InputError(
      'The folder of the chart is missing in the workspace. Correct the input path',
      error,
    );
  });
  const link = entries.find(entry => entry.isSymbolicLink());
  if (link) {
    throw new InputError(
      `The chart contains the symbolic link ${link.name}. Replace it by a file`,
    );
  }
}

async function readText(
  folder: string,
  file: string,
): Promise<string | undefined> {
  try {
    return await readFile(resolveSafeChildPath(folder, file), 'utf8');
  } catch (error) {
    if (isError(error) && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

async function readMap(
  folder: string,
  file: string,
  { optional = false } = {},
): Promise<JsonObject> {
  const text = await readText(folder, file);
  if (text === undefined && !optional) {
    throw new InputError(
      `The chart has no file ${file}. Correct the inputs path and valueFiles`,
    );
  }
  const document = yaml.parseDocument(text ?? '');
  if (document.errors.length > 0) {
    throw new InputError(`${file} is no YAML: ${document.errors[0].message}`);
  }
  const content: JsonValue = document.toJS() ?? {};
  if (!isMap(content)) {
    throw new InputError(`${file} must contain a map of values`);
  }
  return content;
}

function parseSchema(text: string): Schema {
  try {
    const schema: Schema = JSON.parse(text);
    if (typeof schema === 'object' && schema !== null) {
      return schema;
    }
  } catch (error) {
    throw new InputError('values.schema.json is no JSON', error);
  }
  throw new InputError('values.schema.json must contain a JSON schema');
}

function merged(base: JsonObject, over: JsonObject): JsonObject {
  const result = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = base[key];
    if (value === null) {
      delete result[key];
    } else {
      result[key] =
        isMap(before) && isMap(value) ? merged(before, value) : value;
    }
  }
  return result;
}

function isMap(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

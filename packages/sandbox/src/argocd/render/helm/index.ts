import { messageOf } from '../../../errors';
import {
  asArray,
  asObject,
  asString,
  asStrings,
  at,
  isObject,
  type Obj,
} from '../../json';
import { parseManifest } from '../../manifest';
import type { Manifest } from '../../types';
import { parseYamlDocuments } from '../../yaml';
import { join, normalized } from '../paths';
import { RenderError, type RenderInput } from '../types';
import { ChartError, renderChart, valuesOf } from './chart';
import { TemplateError } from './Parser';
import { applyParameters } from './values';

/** Renders a chart with the values that the source specifies. */
export async function renderHelm(
  input: RenderInput,
  path: string,
): Promise<Manifest[]> {
  const { source, tree, application } = input;
  const helm = asObject(source.helm);
  const name = asString(helm.releaseName) || application.name;
  try {
    const values = applyParameters(
      await valuesFor(input, path),
      asArray(helm.parameters).map(parameter => ({
        name: String(at(parameter, 'name') ?? ''),
        value: String(at(parameter, 'value') ?? ''),
        // Go reads override files case-insensitively, and the updater writes
        // `forcestring`.
        forceString:
          (at(parameter, 'forceString') ?? at(parameter, 'forcestring')) ===
          true,
      })),
    );
    const files = await tree.read(tree.list(path));
    const prefix = path ? path.length + 1 : 0;
    const chart = new Map(
      [...files].map(([file, content]) => [file.slice(prefix), content]),
    );
    const { namespace } = application;
    return renderChart(chart, values, { name, namespace })
      .flatMap(parseYamlDocuments)
      .map(parseManifest)
      .filter(({ metadata }) => !metadata.annotations?.['helm.sh/hook']);
  } catch (error) {
    const message = messageOf(error);
    throw new RenderError(
      error instanceof ChartError || error instanceof TemplateError
        ? `failed to execute helm template command: failed running helm: \`helm template . --name-template ${name}\` failed exit status 1: Error: ${message}`
        : `failed to unmarshal manifest: ${message}`,
    );
  }
}

/** The values of the source, which override those of the chart. */
async function valuesFor(input: RenderInput, path: string): Promise<Obj> {
  const helm = asObject(input.source.helm);
  const layers: Obj[] = [];
  for (const file of asStrings(helm.valueFiles)) {
    const content = await readValues(input, path, file);
    if (content !== undefined) {
      layers.push(valuesOf(file, content));
    } else if (helm.ignoreMissingValueFiles !== true) {
      throw new ChartError(
        `open <path to cached source>/${join(
          path,
          file,
        )}: no such file or directory`,
      );
    }
  }
  layers.push(valuesOf('values', asString(helm.values) ?? ''));
  layers.push(isObject(helm.valuesObject) ? helm.valuesObject : {});
  return layers.reduce((values, layer) => mergeLayers(values, layer));
}

/** Merges maps; a `null` stays, so that it removes a default of the chart. */
function mergeLayers(base: Obj, over: Obj): Obj {
  const merged = Object.entries(over).map(([key, value]) => {
    const before = base[key];
    return [
      key,
      isObject(before) && isObject(value) ? mergeLayers(before, value) : value,
    ];
  });
  return { ...base, ...Object.fromEntries(merged) };
}

async function readValues(
  { tree, refs }: RenderInput,
  path: string,
  file: string,
): Promise<string | undefined> {
  const [, ref, rest] = /^\$([^/]+)\/(.*)$/.exec(file) ?? [];
  const from = ref === undefined ? tree : refs.get(ref);
  if (!from) {
    throw new ChartError(
      `source referenced "${ref}", which is not one of the available sources`,
    );
  }
  const name = ref === undefined ? join(path, file) : normalized(rest);
  return (await from.read([name])).get(name);
}

import {
  asArray,
  asObject,
  asString,
  asStrings,
  at,
  isObject,
  type Obj,
} from '../json';
import { parseManifest } from '../manifest';
import { parseYaml, parseYamlDocuments } from '../yaml';
import type { HelmParameter, Manifest } from '../types';
import { ChartError, KUBE_VERSION, renderChart } from './helm/chart';
import { TemplateError } from './helm/lexer';
import { applyParameters, mergeValues } from './helm/values';
import { join, normalized } from './paths';
import { RenderError, type RenderInput } from './types';

/** Renders a chart with the values that the source specifies. */
export async function renderHelm(
  input: RenderInput,
  path: string,
): Promise<Manifest[]> {
  const { source, tree, application } = input;
  const helm = asObject(source.helm);
  const valueFiles = asStrings(helm.valueFiles);
  try {
    let values: Obj = {};
    for (const file of valueFiles) {
      const content = await readValues(input, path, file);
      if (content !== undefined) {
        values = mergeValues(values, valuesOf(file, content));
      } else if (helm.ignoreMissingValueFiles !== true) {
        throw new ChartError(
          `open <path to cached source>/${join(
            path,
            file,
          )}: no such file or directory`,
        );
      }
    }
    if (asString(helm.values)) {
      values = mergeValues(
        values,
        valuesOf('values', asString(helm.values) ?? ''),
      );
    }
    if (isObject(helm.valuesObject)) {
      values = mergeValues(values, helm.valuesObject);
    }
    values = applyParameters(values, parametersOf(helm));
    const files = await tree.read(tree.list(path));
    const prefix = path ? path.length + 1 : 0;
    const chart = new Map(
      [...files].map(([name, content]) => [name.slice(prefix), content]),
    );
    const release = {
      name: asString(helm.releaseName) || application.name,
      namespace: asString(helm.namespace) ?? application.namespace,
    };
    return renderChart(chart, values, release).flatMap(text =>
      parseYamlDocuments(text).flatMap(manifestsOf),
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new RenderError(
      error instanceof ChartError || error instanceof TemplateError
        ? helmFailure(input, path, message)
        : `failed to unmarshal manifest: ${message}`,
    );
  }
}

/** Argo CD includes the whole command line before Helm's error. */
function helmFailure(
  { source, application }: RenderInput,
  path: string,
  message: string,
) {
  const helm = asObject(source.helm);
  const command = [
    'helm template .',
    `--name-template ${asString(helm.releaseName) || application.name}`,
    `--namespace ${application.namespace}`,
    `--kube-version ${KUBE_VERSION}`,
    ...asStrings(helm.valueFiles).map(
      file => `--values <path to cached source>/${join(path, file)}`,
    ),
    '<api versions removed> --include-crds',
  ].join(' ');
  return `failed to execute helm template command: failed running helm: \`${command}\` failed exit status 1: Error: ${message}`;
}

async function readValues(
  { tree, refs }: RenderInput,
  path: string,
  file: string,
): Promise<string | undefined> {
  const ref = /^\$([^/]+)\/(.*)$/.exec(file);
  if (ref) {
    const from = refs.get(`$${ref[1]}`);
    if (!from) {
      throw new ChartError(
        `source referenced ${JSON.stringify(
          ref[1],
        )}, which is not one of the available sources`,
      );
    }
    const name = normalized(ref[2]);
    return (await from.read([name])).get(name);
  }
  const name = join(path, file);
  return (await tree.read([name])).get(name);
}

function valuesOf(file: string, content: string): Obj {
  try {
    return asObject(parseYaml(content));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ChartError(
      `failed to parse ${file}: error converting YAML to JSON: yaml: ${message}`,
    );
  }
}

function parametersOf(helm: Obj): HelmParameter[] {
  return asArray(helm.parameters).map(parameter => ({
    name: asString(at(parameter, 'name')) ?? '',
    value: String(at(parameter, 'value') ?? ''),
    forceString: at(parameter, 'forceString') === true,
  }));
}

/**
 * Splits a `List` into its items, and drops Helm's tests, which are never
 * applied. Other Helm hooks become Argo CD hooks.
 */
function manifestsOf(value: unknown): Manifest[] {
  if (at(value, 'kind') === 'List') {
    return asArray(at(value, 'items')).flatMap(manifestsOf);
  }
  const manifest = parseManifest(value);
  const hooks = (manifest.metadata.annotations?.['helm.sh/hook'] ?? '')
    .split(',')
    .map(hook => hook.trim());
  return hooks.some(
    hook =>
      hook === 'test' || hook === 'test-success' || hook === 'test-failure',
  )
    ? []
    : [manifest];
}

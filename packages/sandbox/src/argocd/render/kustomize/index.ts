import {
  asArray,
  asObject,
  asString,
  asStringMap,
  asStrings,
  at,
  isObject,
  type Obj,
} from '../../json';
import { isClusterKind } from '../../manifest';
import { parseYaml } from '../../yaml';
import type { Manifest } from '../../types';
import { manifestsIn } from '../directory';
import { join } from '../paths';
import { RenderError, type RenderInput } from '../types';
import { parseImageOverride, withImages, type ImageOverride } from './images';
import { generatedConfigMaps } from './generators';
import { applyPatch, type Patch } from './patches';

export const KUSTOMIZATION_FILES = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
];

/** Builds an overlay: resources and bases, then what the kustomization and the Application change about them. */
export async function renderKustomize(
  input: RenderInput,
  path: string,
): Promise<Manifest[]> {
  const options = asObject(input.source.kustomize);
  const manifests = await build(input, path, 0);
  const overrides: Obj = {
    namespace: options.namespace,
    namePrefix: options.namePrefix,
    nameSuffix: options.nameSuffix,
    commonLabels: options.commonLabels,
    commonAnnotations: options.commonAnnotations,
    replicas: options.replicas,
  };
  const images = asStrings(options.images).map(parseImageOverride);
  return withImages(transform(manifests, overrides), images);
}

async function build(
  input: RenderInput,
  path: string,
  depth: number,
): Promise<Manifest[]> {
  const { tree } = input;
  const file = KUSTOMIZATION_FILES.map(name => join(path, name)).find(name =>
    tree.has(name),
  );
  if (!file || depth > 20) {
    throw failure(
      `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '<path to cached source>/${path}'`,
    );
  }
  const kustomization = asObject(
    parseYaml((await tree.read([file])).get(file) ?? ''),
  );
  const manifests: Manifest[] = [];
  for (const entry of [
    ...asStrings(kustomization.resources),
    ...asStrings(kustomization.bases),
    ...asStrings(kustomization.components),
  ]) {
    const target = join(path, entry);
    if (tree.has(target)) {
      const content = (await tree.read([target])).get(target) ?? '';
      manifests.push(...manifestsIn(target, content));
    } else if (tree.isFolder(target)) {
      manifests.push(...(await build(input, target, depth + 1)));
    } else {
      throw failure(
        `accumulating resources: accumulation err='accumulating resources from '${entry}': open <path to cached source>/${target}: no such file or directory'`,
      );
    }
  }
  manifests.push(...(await generatedConfigMaps(kustomization, path, tree)));
  const patched = await patchesOf(input, path, kustomization);
  const images = asArray(kustomization.images).flatMap(imageOf);
  return withImages(
    transform(patched.reduce(applyPatch, manifests), kustomization),
    images,
  );
}

function failure(message: string): RenderError {
  return new RenderError(
    `\`kustomize build <path to cached source>\` failed exit status 1: Error: ${message}`,
  );
}

function imageOf(value: unknown): ImageOverride[] {
  const name = asString(at(value, 'name'));
  return name
    ? [
        {
          name,
          newName: asString(at(value, 'newName')),
          newTag:
            at(value, 'newTag') === undefined
              ? undefined
              : String(at(value, 'newTag')),
          digest: asString(at(value, 'digest')),
        },
      ]
    : [];
}

async function patchesOf(
  { tree }: RenderInput,
  path: string,
  kustomization: Obj,
): Promise<Patch[]> {
  const read = async (file: string) => {
    const name = join(path, file);
    const content = (await tree.read([name])).get(name);
    if (content === undefined) {
      throw failure(
        `failed to get the patch file from path(${file}): no such file or directory`,
      );
    }
    return content;
  };
  const patches: Patch[] = [];
  for (const entry of asArray(kustomization.patchesStrategicMerge)) {
    const text = String(entry);
    patches.push({
      content: parseYaml(text.includes('\n') ? text : await read(text)),
    });
  }
  for (const entry of [
    ...asArray(kustomization.patches),
    ...asArray(kustomization.patchesJson6902),
  ]) {
    const inline = asString(at(entry, 'patch'));
    const file = asString(at(entry, 'path'));
    const target = at(entry, 'target');
    patches.push({
      content: parseYaml(inline ?? (file ? await read(file) : '')),
      ...(isObject(target) ? { target } : {}),
    });
  }
  return patches;
}

/** Namespace, names, labels, annotations and replicas. */
function transform(manifests: Manifest[], options: Obj): Manifest[] {
  const namespace = asString(options.namespace);
  const prefix = asString(options.namePrefix) ?? '';
  const suffix = asString(options.nameSuffix) ?? '';
  const annotations = asStringMap(options.commonAnnotations);
  const common = asStringMap(options.commonLabels);
  const labels = asArray(options.labels);
  const replicas = asArray(options.replicas);
  return manifests.map(manifest => {
    const { metadata } = manifest;
    const pairs = labels.reduce(
      (all: Record<string, string>, entry) => ({
        ...all,
        ...asStringMap(at(entry, 'pairs')),
      }),
      { ...common },
    );
    const selected = labels
      .filter(entry => at(entry, 'includeSelectors') === true)
      .reduce(
        (all: Record<string, string>, entry) => ({
          ...all,
          ...asStringMap(at(entry, 'pairs')),
        }),
        { ...common },
      );
    const count = replicas.find(entry => at(entry, 'name') === metadata.name);
    let result: Manifest = {
      ...manifest,
      metadata: {
        ...metadata,
        name:
          isClusterKind(manifest.kind) && manifest.kind !== 'ClusterRole'
            ? metadata.name
            : `${prefix}${metadata.name}${suffix}`,
        ...(namespace && !isClusterKind(manifest.kind) ? { namespace } : {}),
        ...merged('labels', metadata.labels, pairs),
        ...merged('annotations', metadata.annotations, annotations),
      },
    };
    if (count) {
      result = {
        ...result,
        spec: { ...asObject(result.spec), replicas: at(count, 'count') },
      };
    }
    return Object.keys(selected).length
      ? withSelectors(result, selected)
      : result;
  });
}

function merged(
  key: string,
  present: Record<string, string> | undefined,
  added: Record<string, string>,
) {
  return Object.keys(added).length ? { [key]: { ...present, ...added } } : {};
}

function withSelectors(
  manifest: Manifest,
  labels: Record<string, string>,
): Manifest {
  const spec = asObject(manifest.spec);
  if (manifest.kind === 'Service') {
    return {
      ...manifest,
      spec: { ...spec, selector: { ...asObject(spec.selector), ...labels } },
    };
  }
  if (!isObject(spec.template)) {
    return manifest;
  }
  const template = spec.template;
  const metadata = asObject(template.metadata);
  const selector = asObject(spec.selector);
  return {
    ...manifest,
    spec: {
      ...spec,
      ...(spec.selector
        ? {
            selector: {
              ...selector,
              matchLabels: { ...asObject(selector.matchLabels), ...labels },
            },
          }
        : {}),
      template: {
        ...template,
        metadata: {
          ...metadata,
          labels: { ...asObject(metadata.labels), ...labels },
        },
      },
    },
  };
}

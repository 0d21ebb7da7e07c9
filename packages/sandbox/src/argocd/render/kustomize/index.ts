import {
  asArray,
  asObject,
  asString,
  asStrings,
  at,
  type Obj,
} from '../../json';
import { parseYaml } from '../../yaml';
import type { Manifest } from '../../types';
import { manifestsIn } from '../directory';
import { join } from '../paths';
import { RenderError, type RenderInput } from '../types';
import { parseImageOverride, withImages, type ImageOverride } from './images';

export const KUSTOMIZATION_FILES = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
];

/**
 * Fields of a kustomization that the sandbox supports, and those without
 * effect.
 */
const KNOWN_FIELDS = ['resources', 'images', 'apiVersion', 'kind', 'metadata'];

/**
 * Builds an overlay: its resources, with the images set by the kustomization
 * and the Application.
 */
export async function renderKustomize(
  input: RenderInput,
  path: string,
): Promise<Manifest[]> {
  const options = asObject(input.source.kustomize);
  refuseOthers(options, ['images']);
  const manifests = await build(input, path, 0);
  return withImages(
    manifests,
    asStrings(options.images).map(parseImageOverride),
  );
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
  refuseOthers(kustomization, KNOWN_FIELDS);
  const manifests: Manifest[] = [];
  for (const entry of asStrings(kustomization.resources)) {
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
  return withImages(manifests, asArray(kustomization.images).flatMap(imageOf));
}

/**
 * Refuses unknown fields: ignoring them would yield other objects than the real
 * Kustomize.
 */
function refuseOthers(options: Obj, known: string[]): void {
  const other = Object.keys(options).find(key => !known.includes(key));
  if (other !== undefined) {
    throw failure(`the sandbox doesn't support the field ${other}`);
  }
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

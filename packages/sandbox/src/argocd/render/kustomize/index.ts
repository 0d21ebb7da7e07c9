import {
  asArray,
  asObject,
  asString,
  asStrings,
  at,
  type Obj,
} from '../../json';
import { KUSTOMIZATION_FILES } from '../../../updater/files/kustomization';
import type { GitTree } from '../../git/GitTree';
import type { Manifest } from '../../types';
import { parseYaml } from '../../yaml';
import { manifestsIn } from '../directory';
import { join } from '../paths';
import { RenderError, type RenderInput } from '../types';
import { parseImageOverride, withImages } from './images';

/**
 * Fields of a kustomization that the sandbox supports, and those without
 * effect.
 */
const KNOWN_FIELDS = ['resources', 'images', 'apiVersion', 'kind', 'metadata'];

/** The path of the kustomization in a folder, if there is one. */
export function kustomizationIn(
  tree: GitTree,
  path: string,
): string | undefined {
  return KUSTOMIZATION_FILES.map(name => join(path, name)).find(name =>
    tree.has(name),
  );
}

/**
 * Builds an overlay: its resources, with the images set by the kustomization
 * and the Application.
 */
export async function renderKustomize(
  { source, tree }: RenderInput,
  path: string,
): Promise<Manifest[]> {
  const options = asObject(source.kustomize);
  refuseOthers(options, ['images']);
  const manifests = await build(tree, path, 0);
  const images = asStrings(options.images).map(parseImageOverride);
  return withImages(manifests, images);
}

async function build(
  tree: GitTree,
  path: string,
  depth: number,
): Promise<Manifest[]> {
  const read = async (file: string) =>
    (await tree.read([file])).get(file) ?? '';
  const file = kustomizationIn(tree, path);
  if (!file || depth > 20) {
    throw failure(`unable to find a kustomization in '${path}'`);
  }
  const kustomization = asObject(parseYaml(await read(file)));
  refuseOthers(kustomization, KNOWN_FIELDS);
  const manifests: Manifest[] = [];
  for (const entry of asStrings(kustomization.resources)) {
    const target = join(path, entry);
    if (tree.has(target)) {
      manifests.push(...manifestsIn(target, await read(target)));
    } else if (tree.isFolder(target)) {
      manifests.push(...(await build(tree, target, depth + 1)));
    } else {
      throw failure(
        `accumulating resources: open ${target}: no such file or directory`,
      );
    }
  }
  const images = asArray(kustomization.images).map(value => ({
    name: String(at(value, 'name')),
    newName: asString(at(value, 'newName')),
    newTag: textOf(at(value, 'newTag')),
    digest: asString(at(value, 'digest')),
  }));
  return withImages(manifests, images);
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

/** YAML reads a tag such as 1.0 as a number. */
function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}

import { asObject, jsonEqual, mergePatch } from '../json';
import type { Source } from '../types';
import { parseYaml } from '../yaml';
import { renderDirectory } from './directory';
import { renderHelm } from './helm';
import { kustomizationIn, renderKustomize } from './kustomize';
import { join, normalized } from './paths';
import { RenderError, type Rendered, type RenderInput } from './types';

/**
 * Renders a source to manifests: a Helm chart, a Kustomize overlay or a plain
 * directory.
 */
export async function render(input: RenderInput): Promise<Rendered> {
  const path = normalized(input.source.path ?? '.');
  if (!input.tree.isFolder(path)) {
    throw new RenderError(`${input.source.path}: app path does not exist`);
  }
  const source = await withOverrides(input, path);
  const sourceType = typeOf(source, input, path);
  const renderers = {
    Helm: renderHelm,
    Kustomize: renderKustomize,
    Directory: renderDirectory,
  };
  const manifests = await renderers[sourceType]({ ...input, source }, path);
  return { manifests, sourceType };
}

function typeOf(source: Source, { tree }: RenderInput, path: string) {
  const isSet = (value: unknown) => !jsonEqual(value ?? {}, {});
  if (isSet(source.helm)) {
    return 'Helm';
  }
  if (isSet(source.kustomize)) {
    return 'Kustomize';
  }
  if (isSet(source.directory)) {
    return 'Directory';
  }
  if (tree.has(join(path, 'Chart.yaml'))) {
    return 'Helm';
  }
  return kustomizationIn(tree, path) ? 'Kustomize' : 'Directory';
}

/**
 * The source with the overrides of `.argocd-source.yaml` and
 * `.argocd-source-<app>.yaml` in its folder. Each is a JSON merge patch, so a
 * list in it replaces the Application's list.
 */
async function withOverrides(
  { source, tree, application }: RenderInput,
  path: string,
): Promise<Source> {
  const files = [
    '.argocd-source.yaml',
    `.argocd-source-${application.instance}.yaml`,
  ].map(file => join(path, file));
  const contents = await tree.read(files);
  return [...contents.values()].reduce((before, content) => {
    const patch = asObject(parseYaml(content));
    return { ...before, ...asObject(mergePatch(before, patch)) };
  }, source);
}

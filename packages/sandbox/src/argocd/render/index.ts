import {
  asArray,
  asObject,
  asStrings,
  at,
  isObject,
  jsonEqual,
  mergePatch,
  type Obj,
} from '../json';
import type { Source } from '../types';
import { parseYaml } from '../yaml';
import { renderDirectory } from './directory';
import { renderHelm } from './helm';
import { kustomizationIn, renderKustomize } from './kustomize';
import { join, normalized } from './paths';
import { RenderError, type Rendered, type RenderInput } from './types';

/**
 * Number of renderings kept, so that a new commit costs only the applications
 * with changed files.
 */
const KEPT = 1000;

/**
 * Renders sources to manifests: Helm charts, Kustomize overlays and plain
 * directories.
 */
export class Renderer {
  readonly #kept = new Map<string, Rendered>();

  async render(input: RenderInput): Promise<Rendered> {
    const { source, tree, application } = input;
    const path = normalized(source.path ?? '.');
    if (!tree.isFolder(path)) {
      throw new RenderError(`${source.path}: app path does not exist`);
    }
    const key = JSON.stringify([
      source,
      application,
      tree.fingerprint(tree.list(path)),
      outsideFingerprint(input, path),
    ]);
    let rendered = this.#kept.get(key);
    if (!rendered) {
      rendered = await renderSource(input, path);
      if (this.#kept.size >= KEPT) {
        this.#kept.clear();
      }
      this.#kept.set(key, rendered);
    }
    return rendered;
  }
}

async function renderSource(
  input: RenderInput,
  path: string,
): Promise<Rendered> {
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
    const patch = normalizeOverride(asObject(parseYaml(content)));
    return { ...before, ...asObject(mergePatch(before, patch)) };
  }, source);
}

/**
 * Go reads these files case-insensitively, and the updater writes
 * `forcestring`.
 */
function normalizeOverride(patch: Obj): Obj {
  const { helm } = patch;
  const parameters = at(helm, 'parameters');
  if (!isObject(helm) || !parameters) {
    return patch;
  }
  const normal = asArray(parameters).map(parameter => {
    const { forcestring, ...rest } = asObject(parameter);
    return { forceString: forcestring, ...rest };
  });
  return { ...patch, helm: { ...helm, parameters: normal } };
}

/**
 * Fingerprint of everything outside of its own folder that a rendering depends
 * on.
 */
function outsideFingerprint(
  { source, tree, refs }: RenderInput,
  path: string,
): string {
  const parts = asStrings(at(source, 'helm', 'valueFiles')).map(file => {
    const [, ref, rest] = /^\$([^/]+)\/(.*)$/.exec(file) ?? [];
    return ref === undefined
      ? tree.fingerprint([join(path, file)])
      : refs.get(ref)?.fingerprint([normalized(rest)]);
  });
  // An overlay may use files from anywhere in its repository.
  const overlays =
    isObject(source.kustomize) || kustomizationIn(tree, path) !== undefined;
  return parts.join('\n') + (overlays ? tree.sha : '');
}

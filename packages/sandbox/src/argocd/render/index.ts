import { posix } from 'node:path';
import {
  asArray,
  asObject,
  asString,
  at,
  isObject,
  jsonEqual,
  mergePatch,
  type Obj,
} from '../json';
import { parseYaml } from '../yaml';
import type { Source } from '../types';
import { renderDirectory } from './directory';
import { renderHelm } from './helmSource';
import { KUSTOMIZATION_FILES, renderKustomize } from './kustomize';
import { join, normalized } from './paths';
import {
  RenderError,
  type Rendered,
  type RenderInput,
  type SourceType,
} from './types';

/**
 * Number of renderings kept, so that a new commit costs only the applications
 * with changed files.
 */
const KEPT = 5000;

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
      throw new RenderError(`${source.path ?? ''}: app path does not exist`);
    }
    const key = JSON.stringify([
      source,
      application,
      tree.fingerprint(tree.list(path)),
      outsideFingerprint(input, path),
    ]);
    const known = this.#kept.get(key);
    if (known) {
      // Moved to the end, as the oldest are evicted first.
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known;
    }
    const rendered = await renderSource(input, path);
    this.#kept.set(key, rendered);
    if (this.#kept.size > KEPT) {
      const [oldest] = this.#kept.keys();
      this.#kept.delete(oldest);
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
  const resolved = { ...input, source };
  switch (sourceType) {
    case 'Helm':
      return { manifests: await renderHelm(resolved, path), sourceType };
    case 'Kustomize':
      return { manifests: await renderKustomize(resolved, path), sourceType };
    default:
      return { manifests: await renderDirectory(resolved, path), sourceType };
  }
}

function typeOf(
  source: Source,
  { tree }: RenderInput,
  path: string,
): SourceType {
  if (source.helm && !isEmpty(source.helm)) {
    return 'Helm';
  }
  if (source.kustomize && !isEmpty(source.kustomize)) {
    return 'Kustomize';
  }
  if (source.directory && !isEmpty(source.directory)) {
    return 'Directory';
  }
  if (tree.has(join(path, 'Chart.yaml'))) {
    return 'Helm';
  }
  return KUSTOMIZATION_FILES.some(file => tree.has(join(path, file)))
    ? 'Kustomize'
    : 'Directory';
}

function isEmpty(value: Obj): boolean {
  return jsonEqual(value, {});
}

/**
 * The source with the overrides of `.argocd-source.yaml` and
 * `.argocd-source-<app>.yaml` in its folder. Each is a JSON merge patch, so a
 * list in it replaces the Application's list.
 */
async function withOverrides(
  input: RenderInput,
  path: string,
): Promise<Source> {
  const files = [
    '.argocd-source.yaml',
    `.argocd-source-${input.application.instance}.yaml`,
  ].map(file => join(path, file));
  const tooLong = files.find(file => posix.basename(file).length > 255);
  if (tooLong) {
    throw new RenderError(
      `error getting app source type: error while parsing source parameters: stat <path to cached source>/${tooLong}: file name too long`,
    );
  }
  const contents = await input.tree.read(files);
  let source = input.source;
  for (const file of files) {
    const content = contents.get(file);
    if (content !== undefined) {
      const patch = normalizeOverride(asObject(parseYaml(content)));
      source = { ...source, ...asObject(mergePatch(source, patch)) };
    }
  }
  return source;
}

/**
 * Go reads these files case-insensitively, and the updater writes
 * `forcestring`.
 */
function normalizeOverride(patch: Obj): Obj {
  const parameters = at(patch, 'helm', 'parameters');
  if (!Array.isArray(parameters)) {
    return patch;
  }
  return {
    ...patch,
    helm: {
      ...asObject(patch.helm),
      parameters: asArray(parameters).map(parameter => {
        const entry = lowerKeys(parameter);
        return {
          name: asString(entry.name) ?? '',
          value: String(entry.value ?? ''),
          forceString: entry.forcestring === true,
        };
      }),
    },
  };
}

function lowerKeys(value: unknown): Obj {
  return Object.fromEntries(
    Object.entries(asObject(value)).map(([key, item]) => [
      key.toLowerCase(),
      item,
    ]),
  );
}

/**
 * Fingerprint of everything outside of its own folder that a rendering depends
 * on.
 */
function outsideFingerprint(
  { source, tree, refs }: RenderInput,
  path: string,
): string {
  const valueFiles = asArray(at(source, 'helm', 'valueFiles')).map(String);
  const parts: string[] = [];
  for (const file of valueFiles) {
    const ref = /^\$([^/]+)\/(.*)$/.exec(file);
    const from = ref ? refs.get(`$${ref[1]}`) : tree;
    if (from && !/^https?:/.test(file)) {
      parts.push(
        from.fingerprint([ref ? normalized(ref[2]) : join(path, file)]),
      );
    }
  }
  // An overlay may use files from anywhere in its repository.
  const overlay =
    isObject(source.kustomize) ||
    KUSTOMIZATION_FILES.some(file => tree.has(join(path, file)));
  return parts.join('\n') + (overlay ? tree.sha : '');
}

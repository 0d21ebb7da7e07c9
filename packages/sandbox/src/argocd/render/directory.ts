import { asArray, asString, at } from '../json';
import { parseManifest } from '../manifest';
import { parseYamlDocuments } from '../yaml';
import type { Manifest } from '../types';
import { RenderError, type RenderInput } from './types';

/**
 * Reads the manifests of a plain folder; includes subfolders only with
 * `directory.recurse`.
 */
export async function renderDirectory(
  { source, tree }: RenderInput,
  path: string,
): Promise<Manifest[]> {
  const recurse = at(source, 'directory', 'recurse') === true;
  const include = globs(at(source, 'directory', 'include'));
  const exclude = globs(at(source, 'directory', 'exclude'));
  const prefix = path ? path.length + 1 : 0;
  const files = tree.list(path).filter(file => {
    const name = file.slice(prefix);
    return (
      /\.(ya?ml|json)$/.test(name) &&
      !/(^|\/)\.argocd-source[^/]*$/.test(name) &&
      (recurse || !name.includes('/')) &&
      (!include.length || include.some(glob => glob.test(name))) &&
      !exclude.some(glob => glob.test(name))
    );
  });
  const contents = await tree.read(files);
  return files.flatMap(file => manifestsIn(file, contents.get(file) ?? ''));
}

/**
 * The manifests of one file. Like Argo CD, it skips YAML that isn't a manifest.
 */
export function manifestsIn(file: string, content: string): Manifest[] {
  try {
    return parseYamlDocuments(content).flatMap(flatten);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new RenderError(
      `Failed to unmarshal ${JSON.stringify(
        file.split('/').pop(),
      )}: ${message}`,
    );
  }
}

function flatten(value: unknown): Manifest[] {
  if (at(value, 'kind') === 'List') {
    return asArray(at(value, 'items')).flatMap(flatten);
  }
  const isManifest =
    at(value, 'kind') !== undefined || at(value, 'apiVersion') !== undefined;
  return isManifest ? [parseManifest(value)] : [];
}

/** Parses patterns such as `*.yaml` or `{a.yaml,b/*}`. */
function globs(value: unknown): RegExp[] {
  const text = asString(value);
  if (!text) {
    return [];
  }
  const patterns = /^\{.*\}$/.test(text)
    ? text.slice(1, -1).split(',')
    : [text];
  return patterns.map(
    pattern =>
      new RegExp(
        `^${pattern
          .trim()
          .replace(/[.+^${}()|[\]\\]/g, '\\$&')
          .replace(/\*/g, '.*')
          .replace(/\?/g, '.')}$`,
      ),
  );
}

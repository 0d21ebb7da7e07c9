import { messageOf } from '../../errors';
import { at } from '../json';
import { parseManifest } from '../manifest';
import type { Manifest } from '../types';
import { parseYamlDocuments } from '../yaml';
import { RenderError, type RenderInput } from './types';

/**
 * Reads the manifests of a plain folder; includes subfolders only with
 * `directory.recurse`.
 */
export async function renderDirectory(
  { source, tree }: RenderInput,
  path: string,
): Promise<Manifest[]> {
  const recurses = source.directory?.recurse === true;
  const files = tree.list(path).filter(file => {
    const name = file.slice(path ? path.length + 1 : 0);
    return (
      /\.(ya?ml|json)$/.test(name) &&
      !/(^|\/)\.argocd-source[^/]*$/.test(name) &&
      (recurses || !name.includes('/'))
    );
  });
  const contents = await tree.read(files);
  return [...contents].flatMap(([file, content]) => manifestsIn(file, content));
}

/**
 * The manifests of one file. Like Argo CD, it skips YAML that isn't a manifest.
 */
export function manifestsIn(file: string, content: string): Manifest[] {
  try {
    return parseYamlDocuments(content)
      .filter(value => at(value, 'kind') ?? at(value, 'apiVersion'))
      .map(parseManifest);
  } catch (error) {
    throw new RenderError(
      `Failed to unmarshal "${file.split('/').pop()}": ${messageOf(error)}`,
    );
  }
}

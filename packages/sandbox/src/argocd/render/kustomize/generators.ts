import {
  asArray,
  asObject,
  asString,
  asStrings,
  at,
  type Obj,
} from '../../json';
import type { GitTree } from '../../git/GitTree';
import { shortHash } from '../../manifest';
import type { Manifest } from '../../types';
import { join } from '../paths';

/** ConfigMaps and Secrets of `configMapGenerator` and `secretGenerator`, with the hash of their contents in the name. */
export async function generatedConfigMaps(
  kustomization: Obj,
  path: string,
  tree: GitTree,
): Promise<Manifest[]> {
  const disabled =
    at(kustomization, 'generatorOptions', 'disableNameSuffixHash') === true;
  const manifests: Manifest[] = [];
  const generators = [
    ...asArray(kustomization.configMapGenerator).map(entry => ({
      kind: 'ConfigMap',
      entry,
    })),
    ...asArray(kustomization.secretGenerator).map(entry => ({
      kind: 'Secret',
      entry,
    })),
  ];
  for (const { kind, entry } of generators) {
    const data: Record<string, string> = {};
    for (const literal of asStrings(asObject(entry).literals)) {
      const equals = literal.indexOf('=');
      data[literal.slice(0, equals)] = literal.slice(equals + 1);
    }
    for (const file of asStrings(asObject(entry).files)) {
      const [key, name] = file.includes('=')
        ? file.split('=', 2)
        : [file.split('/').pop() ?? file, file];
      const target = join(path, name);
      data[key] = (await tree.read([target])).get(target) ?? '';
    }
    const encoded =
      kind === 'Secret'
        ? Object.fromEntries(
            Object.entries(data).map(([key, value]) => [
              key,
              Buffer.from(value).toString('base64'),
            ]),
          )
        : data;
    const name = asString(at(entry, 'name')) ?? 'generated';
    const plainName =
      disabled || at(entry, 'options', 'disableNameSuffixHash') === true;
    manifests.push({
      apiVersion: 'v1',
      kind,
      metadata: { name: plainName ? name : `${name}-${shortHash(data)}` },
      data: encoded,
      ...(kind === 'Secret'
        ? { type: asString(at(entry, 'type')) ?? 'Opaque' }
        : {}),
    });
  }
  return manifests;
}

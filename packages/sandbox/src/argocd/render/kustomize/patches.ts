import {
  asArray,
  asObject,
  asString,
  at,
  isObject,
  mergePatch,
  type Obj,
} from '../../json';
import { groupOf } from '../../manifest';
import type { Manifest } from '../../types';

/** A strategic merge patch (an object) or a JSON patch (a list of operations), and what it is for. */
export interface Patch {
  content: unknown;
  target?: Obj;
}

/** Applies a patch to those manifests that it is meant for. */
export function applyPatch(manifests: Manifest[], patch: Patch): Manifest[] {
  const { content, target } = patch;
  if (Array.isArray(content)) {
    return manifests.map(manifest =>
      matches(manifest, target ?? {})
        ? asManifest(manifest, jsonPatch(manifest, content))
        : manifest,
    );
  }
  const self = {
    kind: at(content, 'kind'),
    name: at(content, 'metadata', 'name'),
    namespace: at(content, 'metadata', 'namespace'),
  };
  return manifests.flatMap(manifest => {
    if (!matches(manifest, target ?? self)) {
      return [manifest];
    }
    if (at(content, '$patch') === 'delete') {
      return [];
    }
    // With a target, the name in the patch says nothing.
    const { metadata, ...rest } = asObject(content);
    const { name: _, ...other } = asObject(metadata);
    return [
      asManifest(
        manifest,
        strategicMerge(manifest, {
          ...rest,
          kind: manifest.kind,
          apiVersion: manifest.apiVersion,
          metadata: other,
        }),
      ),
    ];
  });
}

function asManifest(before: Manifest, value: unknown): Manifest {
  return {
    ...asObject(value),
    apiVersion: before.apiVersion,
    kind: before.kind,
    metadata: {
      ...asObject(at(value, 'metadata')),
      name: asString(at(value, 'metadata', 'name')) ?? before.metadata.name,
    },
  };
}

function matches(manifest: Manifest, target: Obj): boolean {
  const same = (wanted: unknown, actual: string | undefined) =>
    typeof wanted !== 'string' ||
    new RegExp(`^(?:${wanted})$`).test(actual ?? '');
  return (
    same(target.kind, manifest.kind) &&
    same(target.name, manifest.metadata.name) &&
    same(target.namespace, manifest.metadata.namespace) &&
    same(target.group, groupOf(manifest.apiVersion))
  );
}

/** Lists of named things are merged by name (containers, env, volumes); others are replaced. */
function strategicMerge(base: unknown, patch: unknown): unknown {
  if (Array.isArray(patch)) {
    const present = asArray(base);
    if (!patch.every(item => typeof at(item, 'name') === 'string')) {
      return patch;
    }
    const merged = present.map(item => {
      const change = patch.find(p => at(p, 'name') === at(item, 'name'));
      return change === undefined ? item : strategicMerge(item, change);
    });
    const added = patch.filter(
      p => !present.some(item => at(item, 'name') === at(p, 'name')),
    );
    return [...merged, ...added].filter(
      item => at(item, '$patch') !== 'delete',
    );
  }
  if (!isObject(patch) || !isObject(base)) {
    return mergePatch(undefined, patch);
  }
  const result: Obj = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[key];
    } else {
      result[key] = strategicMerge(base[key], value);
    }
  }
  return result;
}

/** JSON patch (RFC 6902): add, replace and remove. */
function jsonPatch(document: unknown, operations: unknown[]): unknown {
  return operations.reduce((current, operation) => {
    const path = (asString(at(operation, 'path')) ?? '')
      .split('/')
      .slice(1)
      .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'));
    return edit(
      current,
      path,
      asString(at(operation, 'op')) ?? '',
      at(operation, 'value'),
    );
  }, document);
}

function edit(
  target: unknown,
  [key, ...rest]: string[],
  op: string,
  value: unknown,
): unknown {
  if (key === undefined) {
    return value;
  }
  if (Array.isArray(target)) {
    const index = key === '-' ? target.length : Number(key);
    const list = [...target];
    if (rest.length) {
      list[index] = edit(list[index], rest, op, value);
    } else if (op === 'remove') {
      list.splice(index, 1);
    } else {
      list.splice(index, op === 'add' ? 0 : 1, value);
    }
    return list;
  }
  const { [key]: present, ...others } = asObject(target);
  if (!rest.length && op === 'remove') {
    return others;
  }
  return {
    ...asObject(target),
    [key]: rest.length ? edit(present, rest, op, value) : value,
  };
}

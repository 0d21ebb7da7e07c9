import { type YAMLMap, isMap, isNode, isPair, isScalar, visit } from 'yaml';
import {
  type VersionSlot,
  namesPath,
  namesRepository,
  referenceSlot,
  tagSlot,
} from '../reference';
import type { VersionTarget } from '../target';
import { slotsAtPath } from '../yaml/helmPath';
import { pathOf } from '../yaml/pathOf';
import type { Place } from '../yaml/Place';
import { Slot, pairOf, textOf } from '../yaml/Slot';

/** Under which keys charts keep the name of an image. */
const NAME_KEYS = ['repository', 'name', 'image'];

/** The values that carry a version in Helm values. */
export function findInHelmValues(
  top: Place | undefined,
  { keys, repository }: VersionTarget,
): VersionSlot[] {
  if (!top) {
    return [];
  }
  if (!keys) {
    return findByRepository(top, repository);
  }
  if ('tag' in keys) {
    return slotsAtPath(top, keys.tag).map(slot =>
      tagSlot(slot, isDigestBeside(slot)),
    );
  }
  return slotsAtPath(top, keys.spec).flatMap(
    slot => referenceSlot(slot, repository) ?? [],
  );
}

/**
 * Mappings that name the repository beside a `tag`, and texts that are an image of
 * it. A mapping without its registry only counts if nothing names it wholly.
 */
function findByRepository(top: Place, repository: string): VersionSlot[] {
  const { node: root } = top;
  const whole: VersionSlot[] = [];
  const withoutRegistry: VersionSlot[] = [];
  if (!isNode(root)) {
    return [];
  }
  const slot = (
    ancestors: readonly unknown[],
    position: { key: string; node: unknown },
  ) =>
    new Slot({
      ...top,
      ...position,
      around: [
        ...top.around,
        ...ancestors.filter(ancestor => !isPair(ancestor)),
      ],
    });
  visit(root, {
    Map(_, map, ancestors) {
      const named = howNamed(map, repository);
      const pair = named && pairOf(map, 'tag');
      if (pair) {
        const around = [...ancestors, map];
        const key = pathOf(top.key, around, pair);
        const found = slot(around, { key, node: pair.value }).of(pair);
        const list = named === 'whole' ? whole : withoutRegistry;
        list.push(tagSlot(found, isDigestBeside(found)));
      }
    },
    Scalar(at, node, ancestors) {
      if (at === 'key' || !hasVersion(textOf(node))) {
        return;
      }
      const key = pathOf(top.key, ancestors, node);
      const found = referenceSlot(slot(ancestors, { key, node }), repository);
      if (found) {
        whole.push(found);
      }
    },
  });
  return whole.length > 0 ? whole : withoutRegistry;
}

function howNamed(
  map: YAMLMap,
  repository: string,
): 'whole' | 'without-registry' | undefined {
  const registry = textOf(pairOf(map, 'registry')?.value);
  const names = NAME_KEYS.flatMap(key => textOf(pairOf(map, key)?.value) ?? []);
  const isNamed = names.some(
    name =>
      namesRepository(name, repository) ||
      (registry && namesRepository(`${registry}/${name}`, repository)),
  );
  if (isNamed) {
    return 'whole';
  }
  return !registry && names.some(name => namesPath(name, repository))
    ? 'without-registry'
    : undefined;
}

/** Whether a tag or digest may follow the name; a colon before it is a port's. */
function hasVersion(text: string | undefined): boolean {
  return /[:@]/.test(text?.split('/').at(-1) ?? '');
}

/** Whether a `digest` beside a tag has a value, which charts prefer to the tag. */
function isDigestBeside({ parent }: Slot): boolean {
  const digest = isMap(parent) ? pairOf(parent, 'digest')?.value : undefined;
  return isScalar(digest) && Boolean(textOf(digest));
}

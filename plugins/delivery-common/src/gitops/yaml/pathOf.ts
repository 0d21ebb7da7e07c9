import { isPair, isSeq } from 'yaml';
import { joined } from './Place';
import { textOf } from './Slot';

/**
 * The path of a node or pair for people, from the nodes around it:
 * `containers[0].image`.
 *
 * @param from - the path of the first of these nodes
 */
export function pathOf(
  from: string,
  around: readonly unknown[],
  node: unknown,
): string {
  const chain = [...around, node];
  return chain.reduce<string>((path, item, index) => {
    if (isPair(item)) {
      return joined(path, textOf(item.key) ?? '');
    }
    const parent = chain[index - 1];
    return isSeq(parent) ? `${path}[${parent.items.indexOf(item)}]` : path;
  }, from);
}

import { isMap, isSeq } from 'yaml';
import { entriesOf, type Place, slotAt, within } from './Place';
import { Slot } from './Slot';
import { resolved } from './YamlFile';

/** What a path leads to, by the last mapping or list before it. */
type Step = (place: Place) => { place: Place; slot: Slot } | undefined;

/**
 * The texts that a path of Helm values leads to, such as `image.tag`,
 * `containers[0].image` or `images.my\.app.tag`.
 *
 * A dot may also be a part of a key, so `image.tag` can be one key or two, and
 * one path can lead to several places.
 */
export function slotsAtPath(top: Place, path: string): Slot[] {
  const parts = path
    .split(/(?<!\\)\./)
    .map(part => part.replaceAll('\\.', '.'));
  return follow(top, parts);
}

function follow(place: Place, parts: readonly string[]): Slot[] {
  return parts.flatMap((_, index) => {
    const part = parts.slice(0, index + 1).join('.');
    const rest = parts.slice(index + 1);
    const steps: Step[] = [
      from => literal(from, part),
      from => indexed(from, part),
    ];
    return steps.flatMap(step => {
      const next = step(place);
      if (!next) {
        return [];
      }
      return rest.length > 0
        ? follow(next.place, rest)
        : [next.slot].filter(() => isText(next.place));
    });
  });
}

function isText({ document, node }: Place): boolean {
  const value = resolved(document, node);
  return !isMap(value) && !isSeq(value);
}

function literal(from: Place, key: string) {
  const place = within(from, key);
  const slot = slotAt(from, key);
  return place && slot && { place, slot };
}

/** The entry of a list, as in `containers[0]`. */
function indexed(from: Place, part: string) {
  const [, key = '', index] = /^([^[\]]*)\[(\d+)\]$/.exec(part) ?? [];
  const place = index && entriesOf(within(from, key)).at(Number(index));
  return place ? { place, slot: new Slot(place) } : undefined;
}

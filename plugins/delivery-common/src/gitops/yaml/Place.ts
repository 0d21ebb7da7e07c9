import { isMap, isSeq } from 'yaml';
import { Slot, pairOf, textOf } from './Slot';
import { type YamlDocument, type YamlFile, resolved, rootOf } from './YamlFile';

/** A node of a file, and what is around it. */
export interface Place {
  file: YamlFile;
  document: YamlDocument;
  /** The mappings and lists around it, the outermost first. */
  around: readonly unknown[];
  /** For people, such as `spec.sources[0].helm`; empty for the top. */
  key: string;
  node: unknown;
}

/** The top of a document; undefined unless that is a mapping. */
export function topOf(
  file: YamlFile,
  document: YamlDocument | undefined,
): Place | undefined {
  const node = rootOf(document);
  return document && node && { file, document, around: [], key: '', node };
}

/** The value of a key in a mapping; undefined if it is none, or has none. */
export function within(
  place: Place | undefined,
  key: string,
): Place | undefined {
  const map = place && resolved(place.document, place.node);
  const pair = isMap(map) ? pairOf(map, key) : undefined;
  return (
    place &&
    pair && {
      ...place,
      around: [...place.around, map],
      key: joined(place.key, key),
      node: pair.value,
    }
  );
}

/** The entries of a list. */
export function entriesOf(place: Place | undefined): Place[] {
  const list = place && resolved(place.document, place.node);
  return place && isSeq(list)
    ? list.items.map((node, index) => ({
        ...place,
        around: [...place.around, list],
        key: `${place.key}[${index}]`,
        node,
      }))
    : [];
}

/** The text of a key in a mapping. */
export function textAt(
  place: Place | undefined,
  key: string,
): string | undefined {
  const map = place && resolved(place.document, place.node);
  return isMap(map) ? textOf(pairOf(map, key)?.value) : undefined;
}

/** The value of a key in a mapping, as a place for a text. */
export function slotAt(
  place: Place | undefined,
  key: string,
): Slot | undefined {
  const found = within(place, key);
  const map = found?.around.at(-1);
  const pair = isMap(map) ? pairOf(map, key) : undefined;
  return found && new Slot({ ...found, pair });
}

/** A path for people. */
export function joined(path: string, key: string): string {
  const written = key.replaceAll('.', '\\.');
  return path === '' ? written : `${path}.${written}`;
}

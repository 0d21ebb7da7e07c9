import { type Pair, type YAMLMap, isNode, isScalar } from 'yaml';
import type { TextEdit } from './TextEdit';
import { type YamlFile, rangeOf } from './YamlFile';

/**
 * Adds a key before the first one of a mapping, in the mapping's own form. The keys
 * that are there stay where they are, with their comments.
 *
 * @param value - as it is to be written, on one line
 * @returns undefined for a mapping without keys
 */
export function insertPair(
  file: YamlFile,
  map: YAMLMap,
  { key, value }: { key: string; value: string },
): TextEdit | undefined {
  const first = map.items.at(0)?.key;
  if (!isNode(first)) {
    return undefined;
  }
  const { start } = rangeOf(first);
  const separator = map.flow
    ? ', '
    : `${file.newline}${' '.repeat(columnOf(file.text, start))}`;
  // A file of JSON stays one.
  const isQuoted = isScalar(first) && first.type === 'QUOTE_DOUBLE';
  const written = isQuoted ? JSON.stringify(key) : key;
  return { start, end: start, text: `${written}: ${value}${separator}` };
}

/** Removes a key with its value, and the line if nothing else is on it. */
export function removePair(
  file: YamlFile,
  map: YAMLMap,
  pair: Pair,
): TextEdit | undefined {
  const { text } = file;
  const index = map.items.indexOf(pair);
  const next = map.items.at(index + 1)?.key;
  const before = map.items[index - 1];
  if (!isNode(pair.key)) {
    return undefined;
  }
  const { start } = rangeOf(pair.key);
  const end = endOf(pair);
  const line = text.lastIndexOf('\n', start - 1) + 1;
  if (!map.flow && text.slice(line, start).trim() === '') {
    const newline = text.indexOf('\n', end);
    return {
      start: line,
      end: newline < 0 ? text.length : newline + 1,
      text: '',
    };
  }
  if (isNode(next)) {
    return { start, end: rangeOf(next).start, text: '' };
  }
  return before ? { start: endOf(before), end, text: '' } : undefined;
}

/** Where a key's value ends. */
function endOf({ key, value }: Pair): number {
  const last = isNode(value) ? value : key;
  return isNode(last) ? rangeOf(last).end : 0;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

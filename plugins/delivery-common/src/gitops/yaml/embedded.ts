import { isScalar } from 'yaml';
import { VersionChangeError } from '../refusal';
import { type Place, topOf } from './Place';
import { YamlFile, isShared, rangeOf } from './YamlFile';

/**
 * The YAML in a literal block (`values: |`), with the offsets of the file around
 * it: everything before the block is replaced by spaces, so an edit of the block
 * is one of the file.
 *
 * @returns undefined for any other text, whose lines aren't those of the file
 * @throws VersionChangeError if it isn't YAML, or an anchor shares it
 */
export function embeddedIn(place: Place | undefined): Place | undefined {
  const { file, document, around, key, node } = place ?? {};
  if (!file || !document || !around || !isScalar(node) || !key) {
    return undefined;
  }
  if (node.type !== 'BLOCK_LITERAL') {
    return undefined;
  }
  if (isShared(document, [...around, node])) {
    throw new VersionChangeError({
      code: 'change.version-shared',
      parameters: { key, path: file.path },
    });
  }
  const { start, end } = rangeOf(node);
  const body = file.text.indexOf('\n', start) + 1;
  const before = file.text.slice(0, body).replace(/[^\r\n]/g, ' ');
  const inner = YamlFile.parse(
    file.path,
    `${before}${file.text.slice(body, end)}`,
  );
  return topOf(inner, inner.documents.at(0));
}

import { findInHelmValues } from './formats/helmValues';
import { findInKustomization } from './formats/images';
import { findInApplication, findInSource } from './formats/manifest';
import { editVersion, type VersionSlot } from './reference';
import { VersionChangeError } from './refusal';
import type { VersionTarget } from './target';
import { topOf, within } from './yaml/Place';
import { applyEdits } from './yaml/TextEdit';
import { YamlFile } from './yaml/YamlFile';

/**
 * A value that carries a version.
 *
 * @public
 */
export interface FoundVersion {
  /** Its path in the file, such as `image.tag`. */
  key: string;
  /** The tag now; absent if the value is empty. */
  tag?: string;
}

/**
 * Finds the one value of a file that carries a version.
 *
 * @param path - of the file, for messages
 * @returns undefined if it has none
 * @throws VersionChangeError if it has several, or isn't YAML
 *
 * @public
 */
export function findVersion(
  file: { path: string; text: string },
  target: VersionTarget,
): FoundVersion | undefined {
  const found = findOne(YamlFile.parse(file.path, file.text), target);
  return (
    found && {
      key: found.slot.key,
      ...(found.tag !== undefined && { tag: found.tag }),
    }
  );
}

/**
 * Sets the version in a file. Exactly the value that carries it is replaced:
 * comments, quotes, line ends and everything else stay as they are.
 *
 * @returns the text, and where the version was and which one
 * @throws VersionChangeError if there isn't exactly one such value, or it can't be
 * replaced alone
 *
 * @public
 */
export function setVersion(
  { path, text }: { path: string; text: string },
  target: VersionTarget,
  tag: string,
): { text: string; found: FoundVersion } {
  const file = YamlFile.parse(path, text);
  const version = findOne(file, target);
  if (!version) {
    throw new VersionChangeError({
      code: 'change.version-not-found',
      parameters: { path, repository: target.repository },
    });
  }
  const { slot, tag: before } = version;
  const edit = editVersion(version, tag, path);
  return {
    text: before === tag ? text : applyEdits(text, [edit]),
    found: { key: slot.key, ...(before !== undefined && { tag: before }) },
  };
}

function findOne(
  file: YamlFile,
  target: VersionTarget,
): VersionSlot | undefined {
  const found = findAll(file, target);
  if (found.length > 1) {
    throw new VersionChangeError({
      code: 'change.version-ambiguous',
      parameters: {
        path: file.path,
        repository: target.repository,
        keys: found.map(({ slot }) => slot.key).join(', '),
      },
    });
  }
  return found.at(0);
}

function findAll(file: YamlFile, target: VersionTarget): VersionSlot[] {
  // Helm and Kustomize read only the first document.
  const top = topOf(file, file.documents.at(0));
  switch (target.format) {
    case 'helm-values':
      return findInHelmValues(top, target);
    case 'kustomization':
      return findInKustomization(within(top, 'images'), target);
    case 'argocd-source':
      return findInSource(top, target);
    default:
      return findInApplication(file, target);
  }
}

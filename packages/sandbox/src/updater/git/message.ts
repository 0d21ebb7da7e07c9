import { createHash } from 'node:crypto';
import { tagText } from '@landfall/backstage-plugin-delivery-common';
import type { ImageChange } from '../update/planUpdate';

/** Longer names are truncated. */
const MAX_BRANCH_LENGTH = 255;

/**
 * The updater's commit message. The old tags are the live ones, regardless of
 * the file.
 */
export function commitMessage(
  application: string,
  changes: readonly ImageChange[],
): string {
  const lines = changes.map(
    ({ image, oldTag, newTag }) =>
      `updates image ${image.name} tag '${tagText(oldTag)}' to '${tagText(
        newTag,
      )}'\n`,
  );
  return `build: automatic update of ${application}\n\n${lines.join('')}`;
}

/**
 * The branch name from a `git-branch` template for a set of changes.
 * `{{.SHA256}}` is the only supported Go template.
 *
 * @throws Error for any other template, or an empty name
 */
export function branchName(
  template: string,
  changes: readonly ImageChange[],
): string {
  const hash = createHash('sha256');
  for (const { image, oldTag, newTag } of changes) {
    hash.update(`${image.name}-${tagText(oldTag)}-${tagText(newTag)},`);
  }
  const sha256 = hash.digest('hex');
  const name = template.replace(/\{\{\s*\.SHA256\s*\}\}/g, sha256);
  if (name === '' || name.includes('{{')) {
    throw new Error(
      `git branch name could not be created from the template: ${template}`,
    );
  }
  return name.slice(0, MAX_BRANCH_LENGTH);
}

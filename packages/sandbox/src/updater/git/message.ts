import { tagText } from '@landfall/backstage-plugin-delivery-common';
import type { ImageChange } from '../update/planUpdate';

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

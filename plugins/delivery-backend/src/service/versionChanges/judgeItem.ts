import type { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  type ActionCode,
  type Application,
  parseImageReference,
  type VersionChangeItem,
  type VersionChangeMessage,
  VersionChangeError,
  type VersionChangeRequest,
} from '@landfall/backstage-plugin-delivery-common';
import { toFileChange } from './toFileChange';
import type { FileChange } from './editFiles';
import type { VersionFacts } from './VersionReader';

/**
 * An item of a request whose entity and application were found.
 *
 * @internal
 */
export interface JudgedItem {
  item: VersionChangeItem;
  entity: Entity;
  key: string;
  application: Application;
  environment: string;
  hold: boolean;
  file: FileChange;
  notes: VersionChangeMessage[];
  /** Of the new version's scan, by severity. */
  findings?: Record<string, number>;
}

/**
 * What an item does, and what will happen after it.
 *
 * @internal
 * @throws VersionChangeError if it can't be done
 */
export function judgeItem(
  {
    action,
    hold,
    via = 'request',
  }: Pick<VersionChangeRequest, 'action' | 'hold' | 'via'>,
  item: VersionChangeItem,
  { application, facts }: { application: Application; facts: VersionFacts },
): Pick<JudgedItem, 'hold' | 'file' | 'notes'> {
  const { repository, tag } = item;
  checkTag(action, tag);
  const { updaterTag, isHeld, isMissing, isUnpredictable } = facts;
  const wouldMove =
    action !== 'resume-updates' &&
    !isHeld &&
    (isUnpredictable || (updaterTag !== undefined && updaterTag !== tag));
  // A promotion goes on with newer versions unless it is asked to stay.
  const holds =
    action !== 'resume-updates' && (hold ?? (action === 'revert' && wouldMove));
  const file = toFileChange(
    { action, application: application.ref },
    { repository, tag, hold: holds },
    facts,
  );
  if (holds && !file.hold) {
    throw new VersionChangeError({
      code: 'change.not-updated',
      parameters: { repository },
    });
  }
  return {
    hold: holds,
    file,
    notes: [
      ...(isMissing && tag !== undefined
        ? [
            {
              code: 'change.note-no-image' as const,
              parameters: { version: tag },
            },
          ]
        : []),
      ...(via === 'request'
        ? [{ code: 'change.note-merge' as const, parameters: {} }]
        : []),
      application.automatedSync
        ? { code: 'change.note-syncs' as const, parameters: {} }
        : { code: 'change.note-sync-manual' as const, parameters: {} },
      ...updaterNotes({ action, holds, wouldMove, updaterTag }),
    ],
  };
}

function updaterNotes({
  action,
  holds,
  wouldMove,
  updaterTag = '',
}: {
  action: ActionCode;
  holds: boolean;
  wouldMove: boolean;
  updaterTag?: string;
}): VersionChangeMessage[] {
  if (holds) {
    return [{ code: 'change.note-held', parameters: {} }];
  }
  if (action === 'resume-updates') {
    return updaterTag
      ? [
          {
            code: 'change.note-resumes',
            parameters: { version: updaterTag },
          },
        ]
      : [];
  }
  return wouldMove && updaterTag !== ''
    ? [
        {
          code: 'change.note-updater-moves',
          parameters: { version: updaterTag },
        },
      ]
    : [];
}

function checkTag(action: ActionCode, tag: string | undefined): void {
  if (action === 'resume-updates' ? tag !== undefined : tag === undefined) {
    throw new InputError(
      action === 'resume-updates'
        ? 'Resuming updates sets no version. Leave out the tag'
        : 'Each item needs the tag to set',
    );
  }
}

/**
 * Throws an `InputError` unless the application runs an image of the repository, or
 * the Image Updater would put one there.
 */
export function checkRepository(
  { images }: Pick<Application, 'images'>,
  repository: string,
  { policy }: Pick<VersionFacts, 'policy'>,
): void {
  const isUsed =
    policy.followed.length > 0 ||
    images.some(image => parseImageReference(image)?.repository === repository);
  if (!isUsed) {
    throw new InputError(
      `The application runs no image of ${JSON.stringify(repository)}`,
    );
  }
}

import {
  type ActionCode,
  type ApplicationRef,
  VersionChangeError,
} from '@landfall/backstage-plugin-delivery-common';
import type { StoredAction } from '../../store/operations/actions';
import type { FileChange } from './editFiles';
import type { PlannedChange } from './plannedChange';
import type { VersionFacts } from './VersionReader';

/**
 * An action with what it does to which repository.
 *
 * @internal
 */
export interface GroupedChange {
  action: StoredAction;
  change: PlannedChange['change'];
  file: FileChange;
  /** Of the new version's scan, by severity. */
  findings?: Record<string, number>;
}

/**
 * Actions with the same key share a commit or a merge request.
 *
 * @internal
 */
export function groupOf({
  change,
  file: { places },
}: Pick<GroupedChange, 'change' | 'file'>): string {
  return JSON.stringify([
    change.batch,
    change.via,
    places.repoUrl,
    places.branch,
  ]);
}

/**
 * What a change does to files.
 *
 * @internal
 * @throws VersionChangeError if that isn't clear
 */
export function toFileChange(
  { action, application }: { action: ActionCode; application: ApplicationRef },
  {
    repository,
    tag,
    hold,
  }: Pick<PlannedChange['change'], 'repository' | 'tag' | 'hold'>,
  facts: Pick<VersionFacts, 'places' | 'holdTarget'>,
): FileChange {
  const isResuming = action === 'resume-updates';
  const target = hold || isResuming ? facts.holdTarget() : undefined;
  if (isResuming && !target) {
    throw new VersionChangeError({
      code: 'change.not-held',
      parameters: { repository },
    });
  }
  return {
    application,
    repository,
    ...(!isResuming && { tag }),
    places: facts.places(),
    ...(target && {
      hold: { target, action: isResuming ? 'resume' : 'hold' },
    }),
  };
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  type ActionRecord,
  type Application,
  GIT_ACTIONS,
  type MergeRequest,
  settleChange,
} from '@landfall/backstage-plugin-delivery-common';
import type { ConfigRepositoryEditor } from '@landfall/backstage-plugin-delivery-node';
import type { DeliveryDatabase } from '../../store/DeliveryDatabase';
import type {
  ActionChange,
  StoredAction,
} from '../../store/operations/actions';
import { isoIn } from '../../store/time';
import { branchOf, parsePlannedChange } from './plannedChange';
import { readVersionFacts, type VersionFacts } from './VersionReader';

/** Often at first, while somebody waits for it. */
const SOON_MS = 2000;
const LATER_MS = 30_000;
/** Git hosts limit requests, and a review takes its time. */
const ASK_MS = 15_000;
const YOUNG_MS = 10 * 60_000;

/** @internal */
export interface ChangeFollowerOptions {
  database: DeliveryDatabase;
  editor: Pick<ConfigRepositoryEditor, 'findRequest'>;
  logger: LoggerService;
  updaterPlatform?: string;
}

/**
 * Looks what became of changes of versions that Git has got: whether their request was
 * merged or closed, and whether the application runs the version. It changes nothing
 * in Git.
 *
 * @internal
 */
export class ChangeFollower {
  constructor(private readonly options: ChangeFollowerOptions) {}

  /** Whether an action is followed here. */
  follows({ record }: Pick<StoredAction, 'record'>): boolean {
    return (
      record.state === 'accepted' &&
      GIT_ACTIONS.some(action => action === record.action)
    );
  }

  /**
   * @param application - undefined if Argo CD no longer has it
   * @returns the record as it is now, and when to look again
   */
  async settle(
    action: StoredAction,
    application: Application | undefined,
    signal: AbortSignal,
  ): Promise<Pick<ActionChange, 'record' | 'checkAt'>> {
    const { database, updaterPlatform } = this.options;
    const { record } = action;
    const { change } = parsePlannedChange(action.request);
    const facts =
      application &&
      (await readVersionFacts(database.knex, application, change.repository, {
        updaterPlatform,
      }));
    const request = facts && (await this.ask(action, facts, signal));
    const now = new Date();
    const settled = settleChange(
      record,
      {
        application,
        ...(request && { request }),
        isHeld: facts?.isHeld ?? false,
      },
      now,
    );
    return {
      record: settled,
      ...(settled.state === 'accepted' && {
        checkAt: isoIn(pauseOf(settled, now)),
      }),
    };
  }

  /** Undefined if there is nothing to ask for, or the host doesn't answer. */
  private async ask(
    { record, request }: StoredAction,
    facts: VersionFacts,
    signal: AbortSignal,
  ): Promise<MergeRequest | undefined> {
    const { editor, logger } = this.options;
    const { change } = record;
    if (change?.kind !== 'request' || change.requestState !== 'open') {
      return undefined;
    }
    const planned = parsePlannedChange(request).change;
    try {
      const { repoUrl, branch = '' } = facts.places();
      return await editor.findRequest(
        {
          repoUrl,
          branch: branchOf(record.action, planned),
          base: planned.base ?? branch,
        },
        { signal },
      );
    } catch (error) {
      signal.throwIfAborted();
      logger.warn(`The merge request ${change.url} can't be read: ${error}`);
      return undefined;
    }
  }
}

/** How long until something may have changed, in milliseconds. */
function pauseOf({ change, requestedAt }: ActionRecord, now: Date): number {
  const isYoung = now.getTime() - Date.parse(requestedAt) < YOUNG_MS;
  if (change?.requestState === 'open') {
    return isYoung ? ASK_MS : 2 * ASK_MS;
  }
  return isYoung ? SOON_MS : LATER_MS;
}

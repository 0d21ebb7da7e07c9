import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  type ActionRecord,
  type Application,
  GIT_ACTIONS,
  isLostChange,
  isRequestOpen,
  type LostChange,
  mayBeReplaced,
  settleChange,
  settleLostChange,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  ConfigRepositoryEditor,
  FoundRequest,
} from '@landfall/backstage-plugin-delivery-node';
import type { DeliveryDatabase } from '../../store/DeliveryDatabase';
import type {
  ActionChange,
  StoredAction,
} from '../../store/operations/actions';
import { isoIn } from '../../store/time';
import { FileEdits } from './editFiles';
import { branchOf, parsePlannedChange, trailerOf } from './plannedChange';
import { toFileChange } from './toFileChange';
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
  editor: Pick<
    ConfigRepositoryEditor,
    'findCommit' | 'findRequest' | 'preview'
  >;
  logger: LoggerService;
  updaterPlatform?: string;
}

/**
 * Looks what became of changes of versions: whether Git got those whose answer was
 * lost, whether their request was merged or closed, and whether the application runs
 * the version. It changes nothing in Git.
 *
 * @internal
 */
export class ChangeFollower {
  constructor(private readonly options: ChangeFollowerOptions) {}

  /** Whether an action is followed here. */
  follows({ record }: Pick<StoredAction, 'record'>): boolean {
    return (
      (record.state === 'accepted' || isLostChange(record, new Date())) &&
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
    const now = new Date();
    if (isLostChange(record, now)) {
      const found = facts && (await this.findLost(action, facts, signal));
      const settled = settleLostChange(record, found, now);
      const isOpen = settled.state === 'accepted' || isLostChange(settled, now);
      return {
        record: settled,
        ...(isOpen && { checkAt: isoIn(pauseOf(settled, now)) }),
      };
    }
    const request = facts && (await this.ask(action, facts, signal));
    const seen = {
      application,
      ...(request && { request }),
      isHeld: facts?.isHeld ?? false,
      holds: change.hold,
    };
    const committedTag =
      facts && mayBeReplaced(record, seen)
        ? await this.readTag(action, facts, signal)
        : undefined;
    const settled = settleChange(record, { ...seen, committedTag }, now);
    const pauseMs = Math.max(
      pauseOf(settled, now),
      committedTag === undefined ? 0 : ASK_MS,
    );
    return {
      record: settled,
      ...(settled.state === 'accepted' && { checkAt: isoIn(pauseMs) }),
    };
  }

  /** Undefined if there is nothing to ask for, or the host doesn't answer. */
  private async ask(
    action: StoredAction,
    facts: VersionFacts,
    signal: AbortSignal,
  ): Promise<FoundRequest | undefined> {
    const { editor, logger } = this.options;
    const { change } = action.record;
    if (!isRequestOpen(change)) {
      return undefined;
    }
    try {
      return await editor.findRequest(placeOf(action, facts), { signal });
    } catch (error) {
      signal.throwIfAborted();
      logger.warn(`The merge request ${change?.url} can't be read: ${error}`);
      return undefined;
    }
  }

  /** The tag that Git has now; undefined if it can't be read. */
  private async readTag(
    action: StoredAction,
    facts: VersionFacts,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const { editor, logger } = this.options;
    const { record } = action;
    const { change } = parsePlannedChange(action.request);
    let tag: string | undefined;
    try {
      const { repoUrl, base } = placeOf(action, facts);
      const file = toFileChange(record, { ...change, hold: false }, facts);
      await editor.preview({
        repoUrl,
        branch: base,
        signal,
        async edit(files) {
          ({ from: tag } = await new FileEdits(files).make(file));
          return [];
        },
      });
    } catch (error) {
      signal.throwIfAborted();
      logger.warn(`The version of ${record.id} can't be read in Git: ${error}`);
    }
    return tag;
  }

  /** Undefined if the host can't say. */
  private async findLost(
    action: StoredAction,
    facts: VersionFacts,
    signal: AbortSignal,
  ): Promise<LostChange | undefined> {
    const { editor, logger } = this.options;
    const { record } = action;
    const { change } = parsePlannedChange(action.request);
    try {
      const { repoUrl, branch, base } = placeOf(action, facts);
      const isRequest = change.via === 'request';
      const request =
        isRequest &&
        (await editor.findRequest({ repoUrl, branch, base }, { signal }));
      if (request) {
        return { kind: 'request', request };
      }
      const commit = await editor.findCommit(
        {
          repoUrl,
          branch: isRequest ? branch : base,
          trailer: trailerOf(change),
          since: record.requestedAt,
        },
        { signal },
      );
      if (commit.kind === 'found') {
        return isRequest
          ? { kind: 'branch', branch }
          : { kind: 'commit', url: commit.url };
      }
      return commit.kind === 'none' ? { kind: 'none' } : undefined;
    } catch (error) {
      signal.throwIfAborted();
      logger.warn(`What became of ${record.id} can't be read in Git: ${error}`);
      return undefined;
    }
  }
}

/**
 * Where a change is in Git.
 *
 * @throws VersionChangeError
 */
function placeOf(
  { record, request }: StoredAction,
  facts: Pick<VersionFacts, 'places'>,
): { repoUrl: string; branch: string; base: string } {
  const { change } = parsePlannedChange(request);
  const { repoUrl, branch = '' } = facts.places();
  return {
    repoUrl,
    branch: branchOf(record.action, change),
    base: change.base ?? branch,
  };
}

/** How long until something may have changed, in milliseconds. */
function pauseOf({ change, requestedAt }: ActionRecord, now: Date): number {
  const isYoung = now.getTime() - Date.parse(requestedAt) < YOUNG_MS;
  // Of a change without one, nobody knows whether Git has got it.
  if (change === undefined || isRequestOpen(change)) {
    return isYoung ? ASK_MS : 2 * ASK_MS;
  }
  return isYoung ? SOON_MS : LATER_MS;
}

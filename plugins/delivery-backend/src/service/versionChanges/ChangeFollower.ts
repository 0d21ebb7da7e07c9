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
import {
  branchOf,
  parsePlannedChange,
  type PlannedChange,
  trailerOf,
} from './plannedChange';
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
    const followed = facts && { record, change, facts, signal };
    const now = new Date();
    if (isLostChange(record, now)) {
      const found = followed && (await this.findLost(followed));
      const settled = settleLostChange(record, found, now);
      const isOpen = settled.state === 'accepted' || isLostChange(settled, now);
      return {
        record: settled,
        ...(isOpen && { checkAt: isoIn(pauseOf(settled, now)) }),
      };
    }
    const request = followed && (await this.ask(followed));
    const seen = {
      application,
      ...(request && { request }),
      isHeld: facts?.isHeld ?? false,
      holds: change.hold,
    };
    const committedTag =
      followed && mayBeReplaced(record, seen)
        ? await this.readTag(followed)
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
  private async ask(followed: Followed): Promise<FoundRequest | undefined> {
    const { record, signal } = followed;
    if (!isRequestOpen(record.change)) {
      return undefined;
    }
    return this.tryToRead(
      `The merge request ${record.change?.url} can't be read`,
      followed,
      () => this.options.editor.findRequest(placeOf(followed), { signal }),
    );
  }

  /** The tag that Git has now; undefined if it can't be read. */
  private async readTag(followed: Followed): Promise<string | undefined> {
    const { record, change, facts, signal } = followed;
    return this.tryToRead(
      `The version of ${record.id} can't be read in Git`,
      followed,
      async () => {
        const { repoUrl, base } = placeOf(followed);
        const file = toFileChange(record, { ...change, hold: false }, facts);
        let tag: string | undefined;
        await this.options.editor.preview({
          repoUrl,
          branch: base,
          signal,
          async edit(files) {
            ({ from: tag } = await new FileEdits(files).make(file));
            return [];
          },
        });
        return tag;
      },
    );
  }

  /** Undefined if the host can't say. */
  private async findLost(followed: Followed): Promise<LostChange | undefined> {
    const { editor } = this.options;
    const { record, change, signal } = followed;
    return this.tryToRead(
      `What became of ${record.id} can't be read in Git`,
      followed,
      async () => {
        const { repoUrl, branch, base } = placeOf(followed);
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
            ? { kind: 'branch', branch, repoUrl }
            : { kind: 'commit', url: commit.url };
        }
        return commit.kind === 'none' ? { kind: 'none' } : undefined;
      },
    );
  }

  /** Undefined, with a warning, if Git or its host doesn't answer. */
  private async tryToRead<T>(
    failure: string,
    { signal }: Pick<Followed, 'signal'>,
    read: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      signal.throwIfAborted();
      this.options.logger.warn(`${failure}: ${error}`);
      return undefined;
    }
  }
}

/** A change with what is known of it. */
interface Followed {
  record: ActionRecord;
  change: PlannedChange['change'];
  facts: VersionFacts;
  signal: AbortSignal;
}

/**
 * Where a change is in Git.
 *
 * @throws VersionChangeError
 */
function placeOf({ record, change, facts }: Followed): {
  repoUrl: string;
  branch: string;
  base: string;
} {
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

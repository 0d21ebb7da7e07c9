import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import {
  type ActionCode,
  type ActionRecord,
  GIT_ACTIONS,
} from '@landfall/backstage-plugin-delivery-common';
import type { ConfigRepositoryEditor } from '@landfall/backstage-plugin-delivery-node';
import { applicationKey } from '../../store/applicationKey';
import type { DeliveryDatabase } from '../../store/DeliveryDatabase';
import type { StoredAction } from '../../store/operations/actions';
import { findApplications } from '../../store/operations/readApplications';
import { isoIn, isoNow } from '../../store/time';
import type { ActionLog } from '../actions/ActionLog';
import type { ActionCarrier } from '../actions/types';
import { describeChange } from './describeChange';
import { FileEdits } from './editFiles';
import { branchOf, parsePlannedChange, trailerOf } from './plannedChange';
import { groupOf, type GroupedChange, toFileChange } from './toFileChange';
import { commitRangeOf } from './versionCommits';
import { readVersionFacts } from './VersionReader';

const CHECK_SOON_MS = 1000;

/** @internal */
export interface GitCarrierOptions {
  database: DeliveryDatabase;
  editor: Pick<ConfigRepositoryEditor, 'commit' | 'request'>;
  log: ActionLog;
  updaterPlatform?: string;
}

type Answer = Pick<ActionRecord, 'state'> &
  Partial<Pick<ActionRecord, 'message' | 'change' | 'version'>>;

/**
 * Carries out changes of versions in configuration repositories: one commit or merge
 * request for each repository and branch.
 *
 * @internal
 */
export class GitCarrier implements ActionCarrier {
  readonly actions: readonly ActionCode[] = GIT_ACTIONS;

  constructor(private readonly options: GitCarrierOptions) {}

  async carryOut(action: StoredAction): Promise<ActionRecord> {
    const [record] = await this.carryOutAll([action]);
    return record;
  }

  /** @returns the records in the order of the actions */
  async carryOutAll(actions: readonly StoredAction[]): Promise<ActionRecord[]> {
    const answers = new Map<string, Answer>();
    const groups = new Map<string, GroupedChange[]>();
    for (const action of actions) {
      try {
        const change = await this.read(action);
        const key = groupOf(change);
        groups.set(key, [...(groups.get(key) ?? []), change]);
      } catch (error) {
        answers.set(action.record.id, failed(error));
      }
    }
    for (const group of groups.values()) {
      for (const [id, answer] of await this.send(group)) {
        answers.set(id, answer);
      }
    }
    const records: ActionRecord[] = [];
    for (const { record } of actions) {
      const answer = answers.get(record.id) ?? { state: 'unknown' as const };
      const changed = await this.options.log.change({
        record: { ...record, ...answer, changedAt: isoNow() },
        // Who looked for it may have looked too early.
        from: ['requested', 'unknown', 'failed'],
        checkAt: isSettled(answer) ? undefined : isoIn(CHECK_SOON_MS),
      });
      records.push(changed);
    }
    return records;
  }

  private async read(action: StoredAction): Promise<GroupedChange> {
    const { database, updaterPlatform } = this.options;
    const { record } = action;
    const { change } = parsePlannedChange(action.request);
    const [stored] = await findApplications(database.knex, {
      keys: [applicationKey(record.application)],
    });
    if (!stored) {
      throw new Error('Argo CD no longer has the application');
    }
    const { application } = stored;
    const facts = await readVersionFacts(
      database.knex,
      application,
      change.repository,
      { tag: change.tag, updaterPlatform },
    );
    return {
      action,
      change,
      file: toFileChange(record, change, facts),
      ...(facts.findings && { findings: facts.findings }),
    };
  }

  private async send(
    group: readonly GroupedChange[],
  ): Promise<Map<string, Answer>> {
    try {
      return await this.edit(group);
    } catch (error) {
      const answer = failed(error);
      return new Map(group.map(({ action }) => [action.record.id, answer]));
    }
  }

  private async edit(
    group: readonly GroupedChange[],
  ): Promise<Map<string, Answer>> {
    const { editor } = this.options;
    const [{ action, change, file }] = group;
    const { repoUrl, branch } = file.places;
    const { record } = action;
    const gitAction = toGitAction(record.action);
    // As it was when it was asked for; the edit may find another one.
    const before = new Map(
      group.flatMap(({ action: { record: one } }): [string, string][] =>
        one.version?.from ? [[one.id, one.version.from]] : [],
      ),
    );
    const items = () =>
      group.map(one => {
        const { commits, repository, tag, hold } = one.change;
        const from = before.get(one.action.record.id);
        const range = commitRangeOf(gitAction, { from, to: tag });
        return {
          application: one.action.record.application,
          environment: one.action.record.environment,
          repository,
          from,
          to: tag,
          held: hold,
          findings: one.findings,
          // Another version may be there by now.
          ...(commits?.from === range?.from &&
            commits?.to === range?.to && { commits }),
        };
      });
    const text = describeChange(
      { action: gitAction, reason: record.reason },
      items(),
      record.user,
    );
    const edit = {
      repoUrl,
      branch,
      trailer: trailerOf(change),
      async edit(files: ConstructorParameters<typeof FileEdits>[0]) {
        const edits = new FileEdits(files);
        for (const one of group) {
          const { from } = await edits.make(one.file);
          checkApproved(one.action.record, from);
          if (from !== undefined) {
            before.set(one.action.record.id, from);
          }
        }
        return edits.changed.map(({ path, after }) => ({ path, text: after }));
      },
    };
    let made: Answer;
    if (change.via === 'commit') {
      const commit = await editor.commit({
        ...edit,
        message: `${text.title}\n\n${text.description}\n`,
      });
      made =
        commit.changed.length > 0
          ? {
              state: 'accepted',
              change: {
                kind: 'commit',
                ...(commit.url && { url: commit.url }),
              },
            }
          : nothingToDo();
    } else {
      const opened = await editor.request({
        ...edit,
        ...text,
        newBranch: branchOf(record.action, change),
      });
      made = opened
        ? {
            state: 'accepted',
            change: {
              kind: 'request',
              url: opened.request.url,
              requestState: opened.request.state,
            },
          }
        : nothingToDo();
    }
    return new Map(
      items().map(({ repository, from, to }, index): [string, Answer] => [
        group[index].action.record.id,
        {
          ...made,
          ...(to !== undefined && {
            version: { repository, tag: to, ...(from && { from }) },
          }),
        },
      ]),
    );
  }
}

function isSettled({ state }: Answer): boolean {
  return state === 'succeeded' || state === 'failed';
}

function nothingToDo(): Answer {
  return { state: 'succeeded', message: 'Git has it like this already' };
}

/** Approved was the step from one version to another, perhaps hours ago. */
function checkApproved(
  { approver, version }: ActionRecord,
  from: string | undefined,
): void {
  if (approver && version?.from !== undefined && from !== version.from) {
    throw new ConflictError(
      `Git has ${from ?? 'no version'} by now, instead of ${
        version.from
      }. Nothing was done`,
    );
  }
}

function toGitAction(action: ActionCode): (typeof GIT_ACTIONS)[number] {
  const found = GIT_ACTIONS.find(one => one === action);
  if (!found) {
    throw new Error(`${action} changes nothing in Git`);
  }
  return found;
}

/** Of a host that didn't answer, nobody knows whether it got the push. */
function failed(error: unknown): Answer {
  const message = error instanceof Error ? error.message : String(error);
  return {
    state: error instanceof ServiceUnavailableError ? 'unknown' : 'failed',
    message,
  };
}

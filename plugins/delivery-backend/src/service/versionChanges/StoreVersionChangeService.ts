import { type Entity, parseEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  type ActionRecord,
  ANSWER_MS,
  APPROVAL_MS,
  environmentOf,
  type EnvironmentRule,
  GIT_ACTIONS,
  isLostChange,
  isSameActionKey,
  LOST_CHANGE_MS,
  VersionChangeError,
  type VersionChangeItem,
  type VersionChangeMessage,
  type VersionChangePreview,
  type VersionChangeRequest,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  ConfigRepositoryEditor,
  DeliveryActionServiceOptions,
  DeliveryServiceOptions,
} from '@landfall/backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import {
  addActions,
  readActionsOfRequest,
  readRecentActions,
  type StoredAction,
} from '../../store/operations/actions';
import { lockRows } from '../../store/operations/lockApplications';
import type { StoredApplication } from '../../store/operations/readApplications';
import { isoIn } from '../../store/time';
import { actionKeyOf, requestHashOf } from '../actions/actionKey';
import type { ActionLog } from '../actions/ActionLog';
import type { Approvals } from '../actions/Approvals';
import type { Callers } from '../actions/Callers';
import { noticeApprovals } from '../actions/noticeApprovals';
import { findOwn } from '../actions/findOwn';
import { recordsOfRequest } from '../actions/recordsOfRequest';
import { toError } from '../actions/refusals';
import {
  EntityApplications,
  type EntityApplicationsOptions,
} from '../EntityApplications';
import type { SeenEntities } from '../SeenEntities';
import type { GitCarrier } from './GitCarrier';
import { checkRepository, type JudgedItem, judgeItem } from './judgeItem';
import { expected, previewChanges, type PreviewedItem } from './previewChanges';
import { parsePlannedChange } from './plannedChange';
import type { SourceCommits } from './SourceCommits';
import { toAction } from './toAction';
import type { VersionChangeService } from './types';
import { readVersionFacts } from './VersionReader';

/** @internal */
export interface StoreVersionChangeServiceOptions
  extends EntityApplicationsOptions {
  entities: SeenEntities;
  environments: EnvironmentRule[];
  callers: Callers;
  approvals: Approvals;
  log: ActionLog;
  editor: Pick<ConfigRepositoryEditor, 'preview'>;
  carrier: GitCarrier;
  commits: Pick<SourceCommits, 'between'>;
  updaterPlatform?: string;
}

/**
 * Judges changes of versions by what the store has, and stores them before anything is
 * written to Git.
 *
 * @internal
 */
export class StoreVersionChangeService implements VersionChangeService {
  static create(
    options: StoreVersionChangeServiceOptions,
  ): StoreVersionChangeService {
    return new StoreVersionChangeService(options);
  }

  private readonly applications: EntityApplications;

  private constructor(
    private readonly options: StoreVersionChangeServiceOptions,
  ) {
    this.applications = new EntityApplications(options);
  }

  async preview(
    request: VersionChangeRequest,
    options: DeliveryServiceOptions,
  ): Promise<VersionChangePreview> {
    const { callers, editor, commits } = this.options;
    const user = callers.userOf(options.credentials);
    const items: PreviewedItem[] = [];
    for (const item of request.items) {
      try {
        items.push({ item, judged: await this.judge(request, item, options) });
      } catch (error) {
        items.push({ item, error: expected(error) });
      }
    }
    const { changes, items: previewed } = await previewChanges(request, items, {
      editor,
      user,
      commitsBetween: query => commits.between(query),
    });
    return { changes, items: previewed };
  }

  async start(
    request: VersionChangeRequest,
    options: DeliveryActionServiceOptions,
  ): Promise<{ items: ActionRecord[] }> {
    const { approvals, callers, log, carrier, commits, editor } = this.options;
    const key = {
      userRef: callers.userOf(options.credentials),
      idempotencyKey: options.idempotencyKey,
    };
    const requestHash = requestHashOf(request);
    const { knex } = this.options.database;
    const repeated = await recordsOfRequest(knex, key, requestHash);
    if (repeated) {
      return { items: repeated };
    }
    const judged: JudgedItem[] = [];
    // What can't be edited is refused before anything is stored.
    const preview = await asInputError(async () => {
      for (const item of request.items) {
        judged.push(await this.judge(request, item, options));
      }
      return previewChanges(
        request,
        judged.map(one => ({ item: one.item, judged: one })),
        {
          editor,
          user: key.userRef,
          rejects: true,
          commitsBetween: query => commits.between(query),
        },
      );
    });
    const added = await log.write<StoredAction[] | undefined>(async tx => {
      await lockRows(tx, [...new Set(judged.map(one => one.key))].sort());
      if (await readActionsOfRequest(tx, key)) {
        return { changed: [], result: undefined };
      }
      const batch = randomUUID();
      const actions = judged.map((one, index) => {
        const isWaiting =
          approvals.approversOf(request.action, one.environment) !== undefined;
        return toAction(request, one, {
          user: key.userRef,
          // Each is approved by itself, perhaps after the others are merged.
          batch: isWaiting ? randomUUID() : batch,
          isWaiting,
          from: preview.items[index].from,
          base: preview.branches.get(one.item),
          commits: preview.commits.get(one.item),
        });
      });
      await this.checkUnchanged(tx, judged);
      const isWaiting = actions.every(
        ({ record }) => record.state === 'waiting',
      );
      const isAdded = await addActions(tx, actions, {
        ...key,
        requestHash,
        checkAt: isoIn(isWaiting ? APPROVAL_MS : ANSWER_MS),
      });
      if (isAdded) {
        await noticeApprovals(tx, actions, approvals);
      }
      return isAdded
        ? { changed: judged.map(one => one.key), result: actions }
        : { changed: [], result: undefined };
    });
    if (!added) {
      return { items: (await recordsOfRequest(knex, key, requestHash)) ?? [] };
    }
    const done = await carrier.carryOutAll(
      added.filter(({ record }) => record.state === 'requested'),
    );
    return {
      items: added.map(
        ({ record }) => done.find(({ id }) => id === record.id) ?? record,
      ),
    };
  }

  private async judge(
    request: VersionChangeRequest,
    item: VersionChangeItem,
    options: DeliveryServiceOptions,
  ): Promise<JudgedItem> {
    const { approvals, entities, environments, database, updaterPlatform } =
      this.options;
    const { entity } = await entities.get(
      parseEntityRef(item.entityRef),
      options,
    );
    const { application, key } = await this.locate(entity, item);
    if (application.deletedAt !== undefined) {
      throw toError({ code: 'action.deleting', parameters: {} });
    }
    const facts = await readVersionFacts(
      database.knex,
      application,
      item.repository,
      { tag: item.tag, updaterPlatform },
    );
    checkRepository(application, item.repository, facts);
    const environment = environmentOf(application, environments);
    const judged = judgeItem(request, item, { application, facts });
    const approvers = approvals.approversOf(request.action, environment);
    return {
      item,
      entity,
      key,
      application,
      environment,
      ...(facts.findings && { findings: facts.findings }),
      ...judged,
      notes: [...(approvers ? [approvalNote(approvers)] : []), ...judged.notes],
    };
  }

  /** The application of an item, as it was when somebody decided on it. */
  private async locate(
    entity: Entity,
    item: VersionChangeItem,
    knex?: Knex,
  ): Promise<StoredApplication> {
    const stored = findOwn(
      await this.applications.locate(entity, { proof: 'required', knex }),
      item.application,
    );
    const { actionKey } = item.expected;
    if (!isSameActionKey(actionKey, actionKeyOf(stored))) {
      throw toError({ code: 'action.changed', parameters: {} });
    }
    return stored;
  }

  /** Judged again under the locks, by the state that nothing changes now. */
  private async checkUnchanged(
    tx: Knex.Transaction,
    judged: readonly JudgedItem[],
  ): Promise<void> {
    for (const { entity, item, key } of judged) {
      await this.locate(entity, item, tx);
      const open = (
        await readRecentActions(tx, key, isoIn(-LOST_CHANGE_MS))
      ).find(one => isUndecided(one, item));
      if (open) {
        throw toError({
          code:
            open.record.state === 'waiting'
              ? 'action.approval-pending'
              : 'action.in-progress',
          parameters: { user: open.record.user },
        });
      }
    }
  }
}

/**
 * Whether another change of the same version waits for an approval, is being made, or
 * may have been: it is looked for, and mustn't be made twice.
 */
function isUndecided(
  { record, request }: StoredAction,
  { repository }: Pick<VersionChangeItem, 'repository'>,
): boolean {
  return (
    GIT_ACTIONS.some(action => action === record.action) &&
    (record.state === 'waiting' || isLostChange(record, new Date())) &&
    parsePlannedChange(request).change.repository === repository
  );
}

function approvalNote(approvers: readonly string[]): VersionChangeMessage {
  const names = approvers.map(ref => parseEntityRef(ref).name);
  return {
    code: 'change.note-approval',
    parameters: { approvers: names.join(', ') },
  };
}

/** What can't be edited is a fault of the request, whose message says what to do. */
async function asInputError<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof VersionChangeError
      ? new InputError(error.message, error)
      : error;
  }
}

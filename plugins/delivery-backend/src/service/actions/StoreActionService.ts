import {
  type CompoundEntityRef,
  type Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  ACTION_CODES,
  type ActionRecord,
  ANSWER_MS,
  APPROVAL_MS,
  type ApplicationActionRequest,
  type AvailableActions,
  describeRefusal,
  ENTITY_REF_MARK,
  environmentOf,
  type EnvironmentRule,
  refusalOf,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  DeliveryActionServiceOptions,
  DeliveryServiceOptions,
} from '@landfall/backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { applicationKey } from '../../store/applicationKey';
import {
  type ActionRequestKey,
  addActions,
  readActionsOfRequest,
  readActionsPage,
  type StoredAction,
} from '../../store/operations/actions';
import { lockRows } from '../../store/operations/lockApplications';
import type { StoredApplication } from '../../store/operations/readApplications';
import { isoIn, isoNow } from '../../store/time';
import type { EntityApplicationRef } from '../application/types';
import { decodeCursor, encodeCursor } from '../cursor';
import {
  EntityApplications,
  type EntityApplicationsOptions,
} from '../EntityApplications';
import type { SeenEntities } from '../SeenEntities';
import { actionKeyOf, requestHashOf } from './actionKey';
import type { ActionLog } from './ActionLog';
import type { Approvals } from './Approvals';
import type { Callers } from './Callers';
import { decideAction } from './decideAction';
import { findOwn } from './findOwn';
import type { ManagedResources } from './ManagedResources';
import { noticeApprovals } from './noticeApprovals';
import { optionsOf, planAction } from './planAction';
import { recordsOfRequest } from './recordsOfRequest';
import { checkOthers, checkState } from './refusals';
import type { ActionCarrier, ActionDecision, ActionService } from './types';

const DEFAULT_ACTIONS = 20;

/** @internal */
export interface StoreActionServiceOptions extends EntityApplicationsOptions {
  entities: SeenEntities;
  environments: EnvironmentRule[];
  callers: Callers;
  approvals: Approvals;
  managed: ManagedResources;
  log: ActionLog;
  /** The first that carries out an action does. */
  carriers: readonly ActionCarrier[];
}

/**
 * Stores what people do with applications, before it is done: so it is done once,
 * and not lost without a word.
 *
 * @internal
 */
export class StoreActionService implements ActionService {
  static create(options: StoreActionServiceOptions): StoreActionService {
    return new StoreActionService(options);
  }

  private readonly applications: EntityApplications;

  private constructor(private readonly options: StoreActionServiceOptions) {
    this.applications = new EntityApplications(options);
  }

  async getAvailable(
    ref: EntityApplicationRef,
    options: DeliveryServiceOptions,
  ): Promise<AvailableActions> {
    const { entities, environments, approvals } = this.options;
    const { entity } = await entities.get(ref.entity, options);
    const stored = findOwn(
      await this.applications.locate(entity),
      ref.application,
    );
    const { application, verdict } = stored;
    const mark = `${ENTITY_REF_MARK}: ${stringifyEntityRef(entity)}`;
    const environment = environmentOf(application, environments);
    const { rollouts = 0 } = application.resources;
    return {
      actionKey: actionKeyOf(stored),
      items: ACTION_CODES.map(action => {
        const refusal = verdict.proven
          ? refusalOf(action, application, { rollouts })
          : { code: 'action.not-proven' as const, parameters: {} };
        const approvers = approvals.approversOf(action, environment);
        return {
          action,
          allowed: refusal === undefined,
          ...(approvers && { approvers }),
          ...(refusal && { refusal: describeRefusal(refusal, { mark }) }),
        };
      }),
    };
  }

  async start(
    ref: EntityApplicationRef,
    request: ApplicationActionRequest,
    options: DeliveryActionServiceOptions,
  ): Promise<ActionRecord> {
    const { callers, entities, managed, log } = this.options;
    const userRef = callers.userOf(options.credentials);
    const { entity } = await entities.get(ref.entity, options);
    const key: ActionRequestKey = {
      userRef,
      idempotencyKey: options.idempotencyKey,
    };
    const requestHash = requestHashOf({
      entity: stringifyEntityRef(entity),
      application: ref.application,
      request,
    });
    const { knex } = this.options.database;
    const repeated = await recordsOfRequest(knex, key, requestHash);
    if (repeated) {
      return repeated[0];
    }
    const stored = await this.locate(entity, ref);
    checkState(request, stored);
    await managed.check(request, stored.application);

    const added = await log.write(async tx => {
      const action = await this.add(tx, {
        entity,
        ref,
        request,
        key,
        requestHash,
      });
      const changed = action ? [applicationKey(ref.application)] : [];
      return { changed, result: action };
    });
    if (!added) {
      // The same request was sent twice at the same time.
      const other = await recordsOfRequest(knex, key, requestHash);
      if (!other) {
        throw new ConflictError('The request was already made');
      }
      return other[0];
    }
    return added.record.state === 'waiting'
      ? added.record
      : this.carryOut(added);
  }

  async list(
    entityRef: CompoundEntityRef,
    request: { cursor?: string; limit?: number },
    options: DeliveryServiceOptions,
  ): Promise<{ items: ActionRecord[]; nextCursor?: string }> {
    const { entities, database } = this.options;
    const { cursor, limit = DEFAULT_ACTIONS } = request;
    const { entity } = await entities.get(entityRef, options);
    const { applications } = await this.applications.locate(entity);
    const { actions, next } = await readActionsPage(database.knex, {
      applicationKeys: applications.map(({ key }) => key),
      after: cursor === undefined ? undefined : decodeCursor('actions', cursor),
      limit,
    });
    return {
      items: actions.map(({ record }) => record),
      ...(next && { nextCursor: encodeCursor('actions', next) }),
    };
  }

  async decide(
    entityRef: CompoundEntityRef,
    decision: ActionDecision,
    options: DeliveryServiceOptions,
  ): Promise<ActionRecord> {
    const { callers, entities } = this.options;
    const userRef = callers.userOf(options.credentials);
    const { entity } = await entities.get(entityRef, options);
    const decided = await decideAction(decision, {
      ...this.options,
      credentials: options.credentials,
      userRef,
      locate: (application, tx) =>
        this.locate(entity, { entity: entityRef, application }, tx),
    });
    return decided.record.state === 'requested'
      ? this.carryOut(decided)
      : decided.record;
  }

  private async carryOut(action: StoredAction): Promise<ActionRecord> {
    const carrier = this.options.carriers.find(({ actions }) =>
      actions.includes(action.record.action),
    );
    if (!carrier) {
      throw new NotFoundError(`Nothing carries out ${action.record.action}`);
    }
    return carrier.carryOut(action);
  }

  /** The application, if it provably is the entity's own. */
  private async locate(
    entity: Entity,
    ref: EntityApplicationRef,
    knex?: Knex,
  ): Promise<StoredApplication> {
    const options = { proof: 'required' as const, knex };
    return findOwn(
      await this.applications.locate(entity, options),
      ref.application,
    );
  }

  /**
   * Stores an action, unless it is stored already. The application's row is locked, so
   * that neither the watch nor another request changes what is judged.
   */
  private async add(
    tx: Knex.Transaction,
    asked: {
      entity: Entity;
      ref: EntityApplicationRef;
      request: ApplicationActionRequest;
      key: ActionRequestKey;
      requestHash: string;
    },
  ): Promise<StoredAction | undefined> {
    const { environments, approvals } = this.options;
    const { entity, ref, request, key, requestHash } = asked;
    const rowKey = applicationKey(ref.application);
    await lockRows(tx, [rowKey]);
    if (await readActionsOfRequest(tx, key)) {
      return undefined;
    }
    const stored = await this.locate(entity, ref, tx);
    checkState(request, stored);
    const { application } = stored;
    await checkOthers(tx, rowKey, request);
    const environment = environmentOf(application, environments);
    const options = optionsOf(request);
    const isWaiting = approvals.approversOf(
      request.action,
      environment,
      options,
    );
    const now = isoNow();
    const { planned, trace } = planAction(request, application);
    const action: StoredAction = {
      record: {
        id: randomUUID(),
        action: request.action,
        state: isWaiting ? 'waiting' : 'requested',
        application: application.ref,
        environment,
        user: key.userRef,
        ...(request.reason && { reason: request.reason }),
        requestedAt: now,
        changedAt: now,
        ...(options && { options }),
      },
      entityRef: stringifyEntityRef(entity),
      request: planned,
      trace,
    };
    const isAdded = await addActions(tx, [action], {
      ...key,
      requestHash,
      checkAt: isoIn(isWaiting ? APPROVAL_MS : ANSWER_MS),
    });
    if (isAdded) {
      await noticeApprovals(tx, [action], approvals);
    }
    return isAdded ? action : undefined;
  }
}

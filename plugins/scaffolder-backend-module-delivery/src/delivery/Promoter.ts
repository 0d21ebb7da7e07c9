import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import {
  type ActionRecord,
  isSameApplication,
  type VersionChangePreview,
  type VersionChangeRequest,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  DeliveryActionsService,
  DeliveryService,
} from '@landfall/backstage-plugin-delivery-node';
import { askDelivery } from './askDelivery';
import {
  type PlannedItem,
  planPromotion,
  type PromotionQuery,
} from './planPromotion';

/**
 * What became of one application of a promotion. A type, not an interface, because
 * outputs of actions have to be JSON.
 *
 * @public
 */
export type PromotedChange = {
  environment: string;
  /** Of the Application. */
  name: string;
  namespace: string;
  instance: string;
  /** Of the image, without tag. */
  repository: string;
  /** The tag before, where it is known. */
  from?: string;
  /** The tag that is set. */
  version: string;
  /**
   * `waiting`: somebody has to approve it; `accepted`: Git has the commit or request;
   * `succeeded`: nothing had to change; `preview` or `refused`: of a dry run. Others
   * as in `ActionState`.
   */
  state: string;
  /** An earlier task or somebody in the portal has asked for the same already. */
  exists: boolean;
  /** Page of the pull or merge request. */
  requestUrl?: string;
  /** Page of the commit. */
  commitUrl?: string;
};

/** What is to be changed, as the applications were when it was planned. */
export type PromotionPlan = {
  items: PlannedItem[];
  /** What needs no request of ours, since one is under way. */
  underway: PromotedChange[];
};

/** A promotion with everything that the delivery plugin needs to know. */
export interface PromotionRequest extends PromotionQuery {
  via: 'request' | 'commit';
  hold?: boolean;
  reason?: string;
}

/** How often a promotion is planned again after the applications have changed. */
const ATTEMPTS = 3;
const PAGE = 100;
const UNDERWAY: ActionRecord['state'][] = ['waiting', 'requested', 'accepted'];

/** Promotes versions through the delivery plugin, on behalf of somebody. */
export class Promoter {
  constructor(
    private readonly options: {
      service: Pick<DeliveryService, 'getDeployments'>;
      actions: Pick<
        DeliveryActionsService,
        'getActions' | 'previewVersionChange' | 'startVersionChange'
      >;
      credentials: BackstageCredentials;
      signal?: AbortSignal;
    },
  ) {}

  /** What would be done now. */
  async plan(request: PromotionRequest): Promise<PromotionPlan> {
    const { service, actions, credentials } = this.options;
    const entity = parseEntityRef(request.entityRef);
    const { deployments, records } = await this.#ask(async () => ({
      deployments: await service.getDeployments(entity, { credentials }),
      records: (
        await actions.getActions(entity, { limit: PAGE }, { credentials })
      ).items,
    }));
    const plan: PromotionPlan = { items: [], underway: [] };
    for (const one of planPromotion(deployments, request)) {
      const record = records.find(other => isUnderway(other, one));
      if (record) {
        plan.underway.push(toChange(record, one, true));
      } else {
        plan.items.push(one);
      }
    }
    return plan;
  }

  /** What a plan would do to Git, and what stands in its way. */
  async preview(
    request: PromotionRequest,
    { items }: PromotionPlan,
  ): Promise<VersionChangePreview> {
    const { actions, credentials } = this.options;
    return items.length === 0
      ? { changes: [], items: [] }
      : this.#ask(() =>
          actions.previewVersionChange(toVersionChange(request, items), {
            credentials,
          }),
        );
  }

  /**
   * Promotes. Each attempt has a plan and an idempotency key of its own. A repeated
   * call with the same plans gets the results of the earlier one, so nothing is
   * done twice, and attempts that failed are followed by new ones.
   *
   * Throws what `askDelivery` and `planPromotion` throw, and an error with the
   * reasons if a change failed.
   *
   * @param options.recall - returns the plan of an attempt if there was one, and
   * otherwise keeps the one that it makes
   */
  async promote(
    request: PromotionRequest,
    options: {
      recall(
        attempt: number,
        make: () => Promise<PromotionPlan>,
      ): Promise<PromotionPlan>;
      idempotencyKey(attempt: number): string;
    },
  ): Promise<PromotedChange[]> {
    let fresh = 0;
    for (let attempt = 1; ; attempt++) {
      let isNew = false;
      const plan = await options.recall(attempt, () => {
        isNew = true;
        return this.plan(request);
      });
      fresh += isNew ? 1 : 0;
      try {
        const records = await this.#start(
          toVersionChange(request, plan.items),
          options.idempotencyKey(attempt),
        );
        const failures = records.flatMap(failureOf);
        if (failures.length === 0) {
          return [
            ...plan.underway,
            ...records.map((record, index) =>
              toChange(record, plan.items[index], false),
            ),
          ];
        }
        if (isNew || records.some(({ state }) => state === 'unknown')) {
          throw new Error(
            `The promotion failed. ${failures.join(
              '. ',
            )}. Run this again after that: what succeeded isn't done twice`,
          );
        }
      } catch (error) {
        // Nothing was done: somebody has changed an application meanwhile.
        if (!(error instanceof ConflictError) || fresh >= ATTEMPTS) {
          throw error;
        }
      }
    }
  }

  async #start(
    change: VersionChangeRequest,
    idempotencyKey: string,
  ): Promise<ActionRecord[]> {
    const { actions, credentials } = this.options;
    if (change.items.length === 0) {
      return [];
    }
    const { items } = await this.#ask(() =>
      actions.startVersionChange(change, { credentials, idempotencyKey }),
    );
    return items;
  }

  #ask<T>(ask: () => Promise<T>): Promise<T> {
    return askDelivery(this.options.signal, ask);
  }
}

function toVersionChange(
  { via, hold, reason }: PromotionRequest,
  items: readonly PlannedItem[],
): VersionChangeRequest {
  return {
    action: 'promote',
    items: items.map(({ item }) => item),
    via,
    ...(hold !== undefined && { hold }),
    ...(reason && { reason }),
  };
}

function isUnderway(
  { action, state, application, version }: ActionRecord,
  { item }: PlannedItem,
): boolean {
  return (
    action === 'promote' &&
    UNDERWAY.includes(state) &&
    isSameApplication(application, item.application) &&
    version?.repository === item.repository &&
    version.tag === item.tag
  );
}

function toChange(
  { state, version, change }: ActionRecord,
  { environment, item: { application, repository, tag } }: PlannedItem,
  exists: boolean,
): PromotedChange {
  const { name, namespace, instance } = application;
  return {
    environment,
    name,
    namespace,
    instance,
    repository,
    ...(version?.from && { from: version.from }),
    version: tag,
    state,
    exists,
    ...(change?.url && {
      [change.kind === 'request' ? 'requestUrl' : 'commitUrl']: change.url,
    }),
  };
}

function failureOf({
  application,
  environment,
  state,
  message,
}: ActionRecord): string[] {
  const where = `${application.name} in ${environment}`;
  const why = message ? `: ${message}` : '';
  switch (state) {
    case 'failed':
      return [`${where} failed${why}`];
    case 'rejected':
      return [`${where} was not approved${why}`];
    case 'unknown':
      return [
        `It isn't known whether the Git host received the change of ${where}${why}. Look for its branch landfall/promote-… there, and start a new task if it is missing`,
      ];
    default:
      return [];
  }
}

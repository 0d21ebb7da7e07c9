import {
  describePromotion,
  describeStuckReason,
  environmentOf,
  type Promotion,
  type PromotionItem,
  type PromotionsRequest,
  type PromotionsResponse,
  type UpdateProgress,
  whyStuck,
} from '@landfall/backstage-plugin-delivery-common';
import { applicationKey } from '../store/applicationKey';
import { readPromotionsPage } from '../store/operations/promotions';
import type { PagePosition } from '../store/operations/pageBefore';
import { decodeCursor, encodeCursor } from './cursor';
import type { DeploymentSettings } from './deployments';
import { truncation } from './EntityApplications';
import type { EntitySnapshot } from './EntitySnapshot';

const DEFAULT_PROMOTIONS = 20;

/** @internal */
export interface PromotionsPage {
  promotions: Promotion[];
  next?: PagePosition;
}

/** @internal */
export async function readPage(
  { knex, applications }: EntitySnapshot,
  request: PromotionsRequest,
  { environments }: Pick<DeploymentSettings, 'environments'>,
): Promise<PromotionsPage> {
  const { cursor, environment, repository, outcome, limit } = request;
  return readPromotionsPage(knex, {
    applicationKeys: applications.flatMap(({ key, application }) =>
      !environment || environment === environmentOf(application, environments)
        ? [key]
        : [],
    ),
    repository,
    outcome,
    after:
      cursor === undefined ? undefined : decodeCursor('promotions', cursor),
    limit: limit ?? DEFAULT_PROMOTIONS,
  });
}

/** @internal */
export function toPromotions(
  snapshot: EntitySnapshot,
  { promotions, next }: PromotionsPage,
  progressOf: (promotion: Promotion) => UpdateProgress | undefined,
  settings: DeploymentSettings,
): PromotionsResponse {
  const { located, applications } = snapshot;
  const byKey = new Map(applications.map(stored => [stored.key, stored]));
  const toItem = (promotion: Promotion): PromotionItem => {
    const { links, environments, updaterIntervalMs } = settings;
    const { application: ref, commit, repository, version } = promotion;
    const stored = byKey.get(applicationKey(ref));
    const waiting =
      stored &&
      whyStuck(
        promotion,
        {
          ...stored,
          imageUpdaters: snapshot.imageUpdatersOf(ref),
          unreadable: snapshot.unreadableOf(ref),
          updaterIntervalMs,
          updaterCommittedAt: snapshot.updaterCommittedAt(stored.application),
          updateProgress: progressOf(promotion),
        },
        snapshot.now,
      );
    if (waiting) {
      snapshot.dependsOnTime();
    }
    return {
      ...describePromotion(promotion),
      environment: stored
        ? environmentOf(stored.application, environments)
        : '',
      waiting: waiting && describeStuckReason(waiting),
      links: {
        argocd: links.application(ref),
        commit: commit && links.commit(commit.repoUrl, commit.revision),
        image: links.image(repository, version),
      },
    };
  };
  return {
    truncated: truncation(located),
    items: promotions.map(toItem),
    nextCursor: next && encodeCursor('promotions', next),
  };
}

import {
  type ApplicationOperation,
  type Initiator,
  withoutHookImages,
} from '@landfall/backstage-plugin-delivery-common';
import type { RawInitiator, RawOperationState } from './schema';
import { withoutUserInfo } from '../../userInfo';
import { decodePhase, decodeRevisions, decodeTime } from './values';

/**
 * Name of the entry in a sync's `infos` that carries Landfall's own id for it.
 *
 * @public
 */
export const CORRELATION_ID_INFO = 'landfall-correlation-id';

// Results of pruned resources: their images were not applied.
const PRUNED = new Set(['Pruned', 'PruneSkipped']);

export function decodeInitiator(
  raw: RawInitiator | null | undefined,
): Initiator | undefined {
  if (!raw) {
    return undefined;
  }
  const automated = raw.automated ?? false;
  return raw.username ? { username: raw.username, automated } : { automated };
}

/**
 * The running or latest operation. Undefined without a start time or with an
 * unknown phase, because nothing can be concluded from it.
 *
 * @param live - images of the application's pods
 */
export function decodeOperation(
  raw: RawOperationState | null | undefined,
  live: readonly string[],
): ApplicationOperation | undefined {
  const phase = decodePhase(raw?.phase);
  const startedAt = decodeTime(raw?.startedAt);
  if (!raw || !phase || !startedAt) {
    return undefined;
  }
  const sync = raw.operation?.sync;
  const synced = raw.syncResult ? decodeRevisions(raw.syncResult) : [];
  return {
    phase,
    message: withoutUserInfo(raw.message ?? '') || undefined,
    startedAt,
    finishedAt: decodeTime(raw.finishedAt),
    retryCount: raw.retryCount ?? undefined,
    initiatedBy: decodeInitiator(raw.operation?.initiatedBy),
    dryRun: sync?.dryRun ?? false,
    // Self-heal lists the resources that it heals; its counter is checked as
    // well.
    partial:
      Boolean(sync?.resources?.length) || Boolean(sync?.autoHealAttemptsCount),
    revisions: synced.length > 0 ? synced : decodeRevisions(sync ?? {}),
    ...decodeImages(raw, live),
    correlationId:
      raw.operation?.info?.find(({ name }) => name === CORRELATION_ID_INFO)
        ?.value || undefined,
  };
}

function decodeImages(
  { syncResult }: RawOperationState,
  live: readonly string[],
): Pick<ApplicationOperation, 'images' | 'hookImages'> {
  const applied = (syncResult?.resources ?? []).filter(
    ({ status }) => !PRUNED.has(status ?? ''),
  );
  const imagesOf = (areHooks: boolean) =>
    applied
      .filter(({ hookType }) => Boolean(hookType) === areHooks)
      .flatMap(({ images }) => images ?? []);
  const images = imagesOf(false);
  const hookImages = [...new Set(imagesOf(true))].filter(
    image => !images.includes(image),
  );
  return {
    images: withoutHookImages({ images, hookImages, live }),
    ...(hookImages.length > 0 && { hookImages }),
  };
}

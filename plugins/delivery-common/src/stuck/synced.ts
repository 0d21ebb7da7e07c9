import type { Application, HealthStatus } from '../model/application';
import { versionsByRepository } from '../promotion/applicationVersions';
import { degradedReason } from '../promotion/settle/degraded';
import { type StuckRule, type StuckSituation, stuckRule } from './rule';

const stage = 'synced';

/**
 * What a synced version waits for. The first rule that applies wins.
 *
 * @internal
 */
export const syncedRules: readonly StuckRule[] = [
  stuckRule({
    code: 'degraded',
    stage,
    evaluate: situation =>
      whenHealthIs('Degraded', situation, {
        message: degradedReason(situation.application) ?? {
          code: 'cause.application-degraded',
          parameters: {},
        },
      }),
  }),
  stuckRule({
    code: 'suspended',
    stage,
    evaluate: situation =>
      whenHealthIs('Suspended', situation, {
        message: situation.application.health.message || {
          code: 'cause.rollout-paused',
          parameters: {},
        },
      }),
  }),
  stuckRule({
    code: 'missing',
    stage,
    evaluate: situation =>
      whenHealthIs('Missing', situation, {
        message: situation.application.health.message || {
          code: 'cause.resources-missing',
          parameters: {},
        },
      }),
  }),
  stuckRule({
    code: 'rolling-out',
    stage,
    evaluate: situation => ({
      parameters: {
        message: progress(situation.application) ?? {
          code: runsNoPods(situation) ? 'cause.no-pods' : 'cause.pods-replaced',
          parameters: {},
        },
      },
      since: healthSince(situation),
    }),
  }),
];

function whenHealthIs<Parameters>(
  status: HealthStatus,
  situation: StuckSituation,
  parameters: Parameters,
): { parameters: Parameters; since: string } | undefined {
  return situation.application.health.status === status
    ? { parameters, since: healthSince(situation) }
    : undefined;
}

/** The time of the sync, if the health hasn't changed since. */
function healthSince({ application, since }: StuckSituation): string {
  const { lastTransitionTime } = application.health;
  return lastTransitionTime &&
    Date.parse(lastTransitionTime) >= Date.parse(since)
    ? lastTransitionTime
    : since;
}

function runsNoPods({ application, promotion }: StuckSituation): boolean {
  const images = versionsByRepository(application.images);
  return !images.has(promotion.repository);
}

function progress(application: Application): string | undefined {
  return (
    application.health.message ||
    application.resources.unwell.find(
      ({ health }) => health?.status === 'Progressing' && health.message,
    )?.health?.message
  );
}

import type { Promotion } from '../../model/promotion';
import type { StageName, StageTime } from '../../model/stages';

/** Minute `minute` of an hour. */
export function at(minute: number): string {
  return new Date(Date.UTC(2026, 4, 4, 12, minute)).toISOString();
}

function reported(minute: number): StageTime {
  return { at: at(minute), basis: 'reported' };
}

/**
 * A promotion of a version, whose stages and end are given as minutes.
 *
 * @param rest.end - the outcome, and when it was reached
 */
export function promotion(
  version: Promotion['version'],
  stages: Partial<Record<StageName, number>>,
  rest: Omit<Partial<Promotion>, 'outcome' | 'outcomeAt'> & {
    end?: [NonNullable<Promotion['outcome']>, number];
  } = {},
): Promotion {
  const { end, ...others } = rest;
  return {
    id: `${version.digest ?? version.tag} ${JSON.stringify(stages)}`,
    application: { instance: 'main', namespace: 'argocd', name: 'api' },
    repository: 'registry.example.com/shop/api',
    version,
    stages: Object.fromEntries(
      Object.entries(stages).map(([name, minute]) => [name, reported(minute)]),
    ),
    ...(end && { outcome: end[0], outcomeAt: reported(end[1]) }),
    ...others,
  };
}

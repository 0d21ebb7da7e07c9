import {
  STAGES,
  type PromotionItem,
} from '@landfall/backstage-plugin-delivery-common';

/** The promotions of a group into one environment. @internal */
export interface EnvironmentProgress {
  environment: string;
  /** The one that needs attention most, or is furthest behind. */
  promotion: PromotionItem;
  /** How many applications of the environment. */
  applications: number;
}

/**
 * How far a version got in each environment.
 *
 * @internal
 * @param environments - the order of the environments; others come after them
 */
export function progressOf(
  promotions: readonly PromotionItem[],
  environments: readonly string[],
): EnvironmentProgress[] {
  const byEnvironment = new Map<string, PromotionItem[]>(
    environments.map(environment => [environment, []]),
  );
  for (const promotion of promotions) {
    const { environment } = promotion;
    byEnvironment.set(environment, [
      ...(byEnvironment.get(environment) ?? []),
      promotion,
    ]);
  }
  return [...byEnvironment].flatMap(([environment, own]) => {
    const [promotion] = [...own].sort(
      (a, b) =>
        rank(a) - rank(b) ||
        stagesReached(a) - stagesReached(b) ||
        (a.id < b.id ? -1 : 1),
    );
    return promotion
      ? [{ environment, promotion, applications: own.length }]
      : [];
  });
}

/** Failed ones first, then those on their way. */
function rank({ outcome }: PromotionItem): number {
  if (outcome === 'failed') {
    return 0;
  }
  return outcome ? 2 : 1;
}

function stagesReached({ stages }: PromotionItem): number {
  return STAGES.findLastIndex(name => stages[name]);
}

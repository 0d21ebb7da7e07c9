import type { ReportProblem } from '../problem';
import { alphabetical } from './alphabetical';
import { digest } from './digest';
import { newestBuild } from './newestBuild';
import { semver } from './semver';
import type { StrategyName, UpdateStrategy } from './UpdateStrategy';

/**
 * All update strategies, in the order in which people choose from them.
 *
 * @public
 */
export const UPDATE_STRATEGIES: readonly UpdateStrategy[] = [
  semver,
  newestBuild,
  alphabetical,
  digest,
];

const BY_NAME: Record<StrategyName, UpdateStrategy> = {
  semver,
  'newest-build': newestBuild,
  alphabetical,
  digest,
};

/**
 * The strategy of a policy.
 *
 * @public
 */
export function strategyOf({
  strategy,
}: {
  strategy: StrategyName;
}): UpdateStrategy {
  return BY_NAME[strategy];
}

/**
 * Parses a strategy's current or former name; unknown names count as semver.
 */
export function parseStrategy(
  text: string,
  report: ReportProblem,
): StrategyName {
  const given = text.toLowerCase();
  const strategy = UPDATE_STRATEGIES.find(
    ({ name, formerName }) => name === given || formerName === given,
  );
  if (!strategy) {
    report({
      code: 'strategy-unknown',
      message: `Unknown sort option ${text} -- using semver`,
      advice: { code: 'advice.strategy-unknown', parameters: {} },
    });
    return semver.name;
  }
  if (strategy.name !== given) {
    report({
      code: 'strategy-renamed',
      message: `"${given}" strategy has been renamed to "${strategy.name}". Please switch to the new convention as support for the old naming convention will be removed in future versions.`,
      advice: {
        code: 'advice.strategy-renamed',
        parameters: { strategy: strategy.name, name: given },
      },
    });
  }
  return strategy.name;
}

import type { PromotionProposal } from '../model/promotion';
import { comparisonFailure } from './comparison';
import { type StuckRule, type StuckSituation, stuckRule } from './rule';

const stage = 'proposed';

/**
 * What a version waits for that is on a branch that somebody must merge. The
 * first rule that applies wins.
 *
 * @internal
 */
export const proposedRules: readonly StuckRule[] = [
  stuckRule({
    code: 'merge-pending',
    stage,
    evaluate: situation => {
      const { request } = proposalOf(situation) ?? {};
      return request?.state === 'open'
        ? { parameters: named(request), since: situation.since }
        : undefined;
    },
    advice: { code: 'advice.merge-request', parameters: {} },
  }),
  stuckRule({
    code: 'request-closed',
    stage,
    evaluate: situation => {
      const { request } = proposalOf(situation) ?? {};
      return request?.state === 'closed'
        ? { parameters: named(request), since: request.updatedAt }
        : undefined;
    },
    advice: { code: 'advice.reopen-request', parameters: {} },
  }),
  // Without a comparison, the merged commit can't be observed.
  stuckRule({
    code: 'comparison-failed',
    stage,
    evaluate: ({ application }) => comparisonFailure(application),
  }),
  stuckRule({
    code: 'merge-not-compared',
    stage,
    evaluate: situation => {
      const { request } = proposalOf(situation) ?? {};
      return request?.state === 'merged'
        ? {
            parameters: named(request),
            since: request.mergedAt ?? request.updatedAt,
          }
        : undefined;
    },
  }),
  stuckRule({
    code: 'request-missing',
    stage,
    evaluate: situation => {
      const proposal = proposalOf(situation);
      return (
        proposal && {
          parameters: { branch: proposal.branch },
          since: situation.since,
          advice: {
            code: 'advice.open-request',
            parameters: { branch: proposal.branch, base: proposal.base },
          },
        }
      );
    },
  }),
];

function proposalOf({
  promotion,
}: StuckSituation): PromotionProposal | undefined {
  return promotion.proposal;
}

function named({ number, url }: { number: number; url: string }) {
  return { request: String(number), url };
}

/** What a reviewer decided, as far as it counts for a merge. */
export interface Review {
  reviewer: string;
  /** `withdrawn`: none any more. `none`: a comment, which changes nothing. */
  decision: 'approved' | 'changes-requested' | 'withdrawn' | 'none';
}

/**
 * Whether a merge request is approved: somebody approves it, and nobody wants changes.
 * How many have to approve it is a rule of the host.
 *
 * @param reviews - oldest first; the last decision of a reviewer counts
 */
export function isApproved(reviews: readonly Review[]): boolean {
  const decisions = new Map<string, Review['decision']>();
  for (const { reviewer, decision } of reviews) {
    if (decision !== 'none') {
      decisions.set(reviewer, decision);
    }
  }
  const last = [...decisions.values()];
  return last.includes('approved') && !last.includes('changes-requested');
}

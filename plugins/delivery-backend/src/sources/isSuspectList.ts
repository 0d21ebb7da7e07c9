/** On an ordinary day, fewer applications than this come and go. */
const MANY = 10;
const SHARE = 0.2;

/**
 * Whether a list lacks so many known applications that the account has probably
 * lost its rights: Argo CD omits what an account may not see, down to an empty
 * list, and reports no error. True if more than a fifth and at least ten are
 * missing, or all.
 *
 * @internal
 */
export function isSuspectList(applications: {
  /** How many were known before the list. */
  known: number;
  /** How many of them the list lacks. */
  missing: number;
}): boolean {
  const { known, missing } = applications;
  return (
    missing > 0 &&
    (missing === known || (missing >= MANY && missing > SHARE * known))
  );
}

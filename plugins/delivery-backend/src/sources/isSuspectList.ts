/** Fewer than these come and go in the course of a day. */
const MANY = 10;
const SHARE = 0.2;

/**
 * Whether a list lacks so much of what is known that it is rather the account that
 * may not see it any more: Argo CD leaves out what an account has no right to, down
 * to an empty list, and reports no error. More than a fifth and at least ten, or all.
 *
 * @internal
 */
export function isSuspectList(applications: {
  /** How many there were. */
  known: number;
  /** How many of those the list lacks. */
  missing: number;
}): boolean {
  const { known, missing } = applications;
  return (
    missing > 0 &&
    (missing === known || (missing >= MANY && missing > SHARE * known))
  );
}

/** A result of a check. `todo` says what to do about it. */
export const ok = text => ({ status: 'ok', text });
export const warning = (text, todo) => ({ status: 'warning', text, todo });
export const failed = (text, todo) => ({ status: 'failed', text, todo });

/**
 * Runs checks one after another. A check that can't be made is a warning: it must
 * not hide the others.
 */
export async function runChecks(checks, context) {
  const results = [];
  for (const [title, check] of Object.entries(checks)) {
    let found;
    try {
      found = await check(context);
    } catch (error) {
      found = warning(
        `couldn't be checked: ${error.message}`,
        'Check it by hand, or run this again with the rights to read it.',
      );
    }
    results.push(...[found].flat().map(result => ({ title, ...result })));
  }
  return results;
}

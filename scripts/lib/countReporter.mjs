/**
 * A reporter for node:test that prints only the counts and the names of failed
 * tests, as JSON.
 */
export default async function* countReporter(source) {
  const counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for await (const { type, data } of source) {
    // A suite is only a heading; count its tests.
    if (data?.details?.type === 'suite') {
      continue;
    }
    if (type === 'test:pass') {
      counts[
        data.skip === undefined && data.todo === undefined
          ? 'passed'
          : 'skipped'
      ] += 1;
    } else if (type === 'test:fail') {
      counts.failed += 1;
      counts.failures.push(data.name);
    }
  }
  yield JSON.stringify(counts);
}

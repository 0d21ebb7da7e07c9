import type { Result } from '../runner/Expectation';

const MARKS: Record<Result['outcome'], string> = {
  ok: 'ok     ',
  differs: 'differs',
  skipped: 'skipped',
};

/** A result as lines of text: one line, or more if it differs. */
export function linesOf(result: Result): string[] {
  const { topic, id, claim, source, outcome, tookMs } = result;
  const head = `${MARKS[outcome]} ${topic}/${id}: ${claim}`;
  if (outcome === 'ok') {
    return [`${head} (${(tookMs / 1000).toFixed(1)} s)`];
  }
  if (outcome === 'skipped') {
    return [`${head} — ${result.why}`];
  }
  return [
    head,
    `        ${result.what}`,
    ...(result.expected === undefined
      ? []
      : [`        expected ${result.expected}`]),
    ...(result.got === undefined ? [] : [`        got ${result.got}`]),
    `        source: ${source}`,
  ];
}

/** Counts the results of each outcome. */
export function tally(results: readonly Result[]): string {
  const count = (outcome: Result['outcome']) =>
    results.filter(result => result.outcome === outcome).length;
  return `${count('ok')} ok, ${count('differs')} differ, ${count(
    'skipped',
  )} skipped`;
}

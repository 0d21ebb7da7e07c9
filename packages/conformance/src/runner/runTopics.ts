import pLimit from 'p-limit';
import type { Result, RunnableTopic } from './Expectation';

/**
 * Runs topics concurrently, since most of the time is spent waiting for the
 * installation's own cycles.
 *
 * @param options - `atOnce`: how many topics; each has at most a few
 * applications
 */
export async function runTopics<W>(options: {
  topics: readonly RunnableTopic<W>[];
  installation: W;
  atOnce: number;
  onResult: (result: Result) => void;
}): Promise<Result[]> {
  const { topics, installation, atOnce, onResult } = options;
  const limit = pLimit(atOnce);
  const results: Result[] = [];
  await Promise.all(
    topics.map(topic =>
      limit(() =>
        topic.run(installation, result => {
          results.push(result);
          onResult(result);
        }),
      ),
    ),
  );
  return results;
}

import {
  Difference,
  Prerequisite,
  type Result,
  type RunnableTopic,
  type Topic,
  type Verdict,
} from './Expectation';
import { Interrupted } from './Timeout';

/** Turns a topic into one that fits into a list with others. */
export function defineTopic<W, F>(topic: Topic<W, F>): RunnableTopic<W> {
  const statements = topic.expectations.map(({ id, claim, source }) => ({
    topic: topic.name,
    id,
    claim,
    source,
  }));
  return {
    name: topic.name,
    statements,
    async run(installation, onResult) {
      const done = (index: number, verdict: Verdict, since: number): Result => {
        const result = {
          ...statements[index],
          ...verdict,
          tookMs: Date.now() - since,
        };
        onResult(result);
        return result;
      };
      const started = Date.now();
      let fixture: F;
      try {
        fixture = await topic.prepare(installation);
      } catch (error) {
        const verdict = verdictOf(error, 'its fixture could not be made: ');
        topic.expectations.forEach((_, index) => done(index, verdict, started));
        return;
      }
      let interrupted: Interrupted | undefined;
      for (const [index, expectation] of topic.expectations.entries()) {
        const since = Date.now();
        try {
          if (interrupted) {
            throw interrupted;
          }
          await expectation.check(fixture);
          done(index, { outcome: 'ok' }, since);
        } catch (error) {
          interrupted = error instanceof Interrupted ? error : undefined;
          done(index, verdictOf(error), since);
        }
      }
    },
  };
}

function verdictOf(error: unknown, during = ''): Verdict {
  if (error instanceof Prerequisite || error instanceof Interrupted) {
    return { outcome: 'skipped', why: error.message };
  }
  if (error instanceof Difference) {
    const { what, expected, got } = error;
    return { outcome: 'differs', what: `${during}${what}`, expected, got };
  }
  const message = error instanceof Error ? describe(error) : String(error);
  return {
    outcome: 'differs',
    what: `${during || 'could not be checked: '}${message}`,
  };
}

/** The message with the causes that Node nests inside an error. */
function describe(error: Error): string {
  const { cause } = error;
  return cause instanceof Error
    ? `${error.message}: ${describe(cause)}`
    : error.message;
}

import { topics as allTopics } from './topics';
import type { Result, RunnableTopic } from './runner/Expectation';
import { runTopics } from './runner/runTopics';
import type { TargetConfig } from './target/TargetConfig';
import { Installation } from './installation/Installation';

/** The outcome of a suite run. */
export interface SuiteReport {
  /** The prefix of all names the run created. */
  prefix: string;
  results: Result[];
  /** What could not be removed, with the reason. */
  leftovers: string[];
}

/**
 * Checks expectations against an installation. Always removes everything that it
 * created for them.
 *
 * @param options - `signal`: stops the checks early; cleanup still runs
 */
export async function runSuite(options: {
  config: TargetConfig;
  signal: AbortSignal;
  topics?: readonly RunnableTopic<Installation>[];
  onStart?: (prefix: string) => void;
  onResult?: (result: Result) => void;
}): Promise<SuiteReport> {
  const { config, signal, topics = allTopics } = options;
  const installation = await Installation.open(config, signal);
  options.onStart?.(installation.prefix);
  let results: Result[];
  let leftovers: string[] = [];
  try {
    results = await runTopics({
      topics,
      installation,
      atOnce: config.atOnce,
      onResult: options.onResult ?? (() => {}),
    });
  } finally {
    leftovers = await installation.close();
  }
  return { prefix: installation.prefix, results, leftovers };
}

import { topics as allTopics } from './beliefs';
import type { Result, RunnableTopic } from './runner/Belief';
import { runTopics } from './runner/runTopics';
import type { TargetConfig } from './target/TargetConfig';
import { World } from './world/World';

/** The outcome of a suite run. */
export interface SuiteReport {
  /** The prefix of all names the run created. */
  prefix: string;
  results: Result[];
  /** What could not be removed, with the reason. */
  leftovers: string[];
}

/**
 * Checks beliefs against an installation. Always removes everything that it
 * created for them.
 *
 * @param options - `signal`: stops the checks early; cleanup still runs
 */
export async function runSuite(options: {
  config: TargetConfig;
  signal: AbortSignal;
  topics?: readonly RunnableTopic<World>[];
  onStart?: (prefix: string) => void;
  onResult?: (result: Result) => void;
}): Promise<SuiteReport> {
  const { config, signal, topics = allTopics } = options;
  const world = await World.open(config, signal);
  options.onStart?.(world.prefix);
  let results: Result[];
  let leftovers: string[] = [];
  try {
    results = await runTopics({
      topics,
      world,
      atOnce: config.atOnce,
      onResult: options.onResult ?? (() => {}),
    });
  } finally {
    leftovers = await world.close();
  }
  return { prefix: world.prefix, results, leftovers };
}

import { topics as allTopics } from './beliefs';
import type { Result, RunnableTopic } from './runner/Belief';
import { runTopics } from './runner/runTopics';
import type { TargetConfig } from './target/TargetConfig';
import { World } from './world/World';

/** What a run has come to. */
export interface SuiteReport {
  /** What the names of everything made began with. */
  prefix: string;
  results: Result[];
  /** What could not be removed, and why. */
  leftovers: string[];
}

/**
 * Checks beliefs against an installation, and removes everything that was made
 * for it, whatever happens.
 *
 * @param options - `signal`: ends the checks early; removing goes on
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

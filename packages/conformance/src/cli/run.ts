import { Command, InvalidArgumentError } from 'commander';
import { topics as allTopics } from '../topics';
import { runSuite } from '../runSuite';
import {
  EnvironmentError,
  PREFIX,
  readEnvironment,
} from '../target/environment';
import { startSandboxTarget } from '../target/sandbox';
import type { TargetConfig } from '../target/TargetConfig';
import { linesOf, tally } from './report';

interface CommandContext {
  out: (line: string) => void;
  err: (line: string) => void;
  env: Record<string, string | undefined>;
  /** Stops the checks. Cleanup still runs. */
  signal: AbortSignal;
}

const HELP = `
Variables of the environment say which installation: ${PREFIX}ARGOCD_URL,
…ARGOCD_TOKEN, …PROJECT, …NAMESPACE, …GIT_URL, …REGISTRY_URL and more; the README
of packages/conformance has them all.

Examples:
  yarn conformance                       # the installation of the environment
  yarn conformance sync history          # these topics only
  yarn conformance --sandbox             # a sandbox, started for this run
  yarn conformance --list                # all expectations, with their sources
`;

/**
 * The suite's command line.
 *
 * @returns the exit code: 0 if nothing differs, 1 if something does, 2 if the
 * suite could not run
 */
export async function run(
  args: string[],
  context: CommandContext,
): Promise<number> {
  let code = 0;
  const program = new Command('conformance')
    .description(
      'Checks what Landfall expects of Argo CD, its Image Updater and ECR.',
    )
    .argument('[topics...]', 'names of topics; all by default', collectTopic)
    .option('--sandbox', 'run against a sandbox that is started for it')
    .option('--list', 'list the expectations without checking them')
    .addHelpText('after', HELP)
    .exitOverride()
    .configureOutput({
      writeOut: text => context.out(text.trimEnd()),
      writeErr: text => context.err(text.trimEnd()),
    })
    .action(
      async (
        names: string[],
        options: { sandbox?: boolean; list?: boolean },
      ) => {
        const topics = allTopics.filter(
          ({ name }) => names.length === 0 || names.includes(name),
        );
        if (options.list) {
          for (const { topic, id, claim, source } of topics.flatMap(
            ({ statements }) => statements,
          )) {
            context.out(`${topic}/${id}: ${claim} (${source})`);
          }
          return;
        }
        code = options.sandbox
          ? await onSandbox(topics, context)
          : await check(readEnvironment(context.env), topics, context);
      },
    );
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof EnvironmentError) {
      context.err(error.message);
      return 2;
    }
    if (error instanceof Error && 'exitCode' in error) {
      return error.exitCode === 0 ? 0 : 2;
    }
    context.err(error instanceof Error ? withCause(error) : String(error));
    return 2;
  }
}

async function onSandbox(
  topics: typeof allTopics,
  context: CommandContext,
): Promise<number> {
  const sandbox = await startSandboxTarget();
  try {
    return await check(sandbox.config, topics, context);
  } finally {
    await sandbox.stop();
  }
}

async function check(
  config: TargetConfig,
  topics: typeof allTopics,
  { out, err, signal }: CommandContext,
): Promise<number> {
  const { results, leftovers, prefix } = await runSuite({
    config,
    topics,
    signal,
    onStart: name => out(`The names of everything created start with ${name}.`),
    onResult: result => linesOf(result).forEach(out),
  });
  leftovers.forEach(left => err(`not removed: ${left}`));
  out(
    `${tally(results)}; ${
      leftovers.length ? 'not all' : 'all'
    } of ${prefix} removed`,
  );
  return results.some(({ outcome }) => outcome === 'differs') ? 1 : 0;
}

function collectTopic(name: string, before: string[] | undefined): string[] {
  if (!allTopics.some(topic => topic.name === name)) {
    throw new InvalidArgumentError(
      `There are ${allTopics.map(topic => topic.name).join(', ')}.`,
    );
  }
  return [...(before ?? []), name];
}

function withCause(error: Error): string {
  return error.cause instanceof Error
    ? `${error.message}: ${withCause(error.cause)}`
    : error.message;
}

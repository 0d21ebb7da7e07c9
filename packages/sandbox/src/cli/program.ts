import { Command } from 'commander';
import { PORTS } from '../defaults';
import { PART_NAMES } from '../part';
import { outage } from './commands/outage';
import { pushImage } from './commands/pushImage';
import { reset } from './commands/reset';
import { start } from './commands/start';
import type { CommandContext } from './context';

const RUN = 'npm run sandbox --';

const VARIABLES = `
Environment:
${PART_NAMES.map(
  part =>
    `  ${PORTS[part].variable.padEnd(27)} port of ${part} (${
      PORTS[part].port
    })`,
).join('\n')}
  ${'SANDBOX_HOST'.padEnd(27)} address to listen on (127.0.0.1)
  ${'SANDBOX_STATE_DIR'.padEnd(27)} folder of all state
  ${'SANDBOX_PORTAL_URL'.padEnd(
    27,
  )} portal that gets the events of pushed images`;

const CONFIG: [string, string] = [
  '--config <file>',
  'YAML over the defaults, such as URLs of real systems',
];
const STATE_DIR: [string, string] = [
  '--state-dir <folder>',
  'where state is kept (SANDBOX_STATE_DIR)',
];

/** The sandbox's command line. */
export function createProgram(context: CommandContext): Command {
  const program = new Command('sandbox')
    .description(
      'A Git host, a registry like Amazon ECR, an Argo CD and an Image Updater on this machine',
    )
    .configureOutput({
      writeOut: text => context.out(text.trimEnd()),
      writeErr: text => context.err(text.trimEnd()),
    })
    .exitOverride()
    .addHelpText('after', VARIABLES);

  const command = (usage: string, description: string, examples: string[]) =>
    program
      .command(usage)
      .description(description)
      .option(...CONFIG)
      .addHelpText(
        'after',
        `\nExamples:\n${examples.map(line => `  ${RUN} ${line}`).join('\n')}`,
      );

  command('start', 'Runs the sandbox until it is ended with Ctrl-C', [
    'start',
    'start --without argocd,image-updater --config real-argocd.yaml',
    'start --state-dir /tmp/sandbox',
  ])
    .option(
      '--without <parts>',
      `parts to leave out, of ${PART_NAMES.join(',')}`,
    )
    .option(...STATE_DIR)
    .action(options => start(options, context));

  command('push-image', 'Builds a small image and pushes it', [
    'push-image shop/api 1.0.1',
    'push-image shop/api 1.0.2 --content "another build"',
    'push-image shop/worker 1.0.0 --create',
  ])
    .argument('<repository>', 'repository in the registry')
    .argument('<tag>', 'tag of the image')
    .option(
      '--content <text>',
      'text in the image; another text, another digest',
    )
    .option('--create', 'create the repository if it is missing')
    .action((repository, tag, options) =>
      pushImage(repository, tag, options, context),
    );

  command('outage', 'Makes a part unreachable for a while', [
    'outage argocd 30s',
    'outage ecr 2m',
    'outage git 0s   # ends one',
  ])
    .argument('<part>', PART_NAMES.join(', '))
    .argument('<duration>', 'such as 30s, 2m or 1m30s')
    .action((part, duration, options) =>
      outage(part, duration, options, context),
    );

  command('reset', 'Removes all state, when the sandbox does not run', [
    'reset',
  ])
    .option(...STATE_DIR)
    .action(options => reset(options, context));

  return program;
}

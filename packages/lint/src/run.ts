import {
  LINT_CODES,
  type LintSeverity,
} from '@landfall/backstage-plugin-delivery-common';
import {
  Command,
  CommanderError,
  InvalidArgumentError,
  Option,
} from 'commander';
import { version } from '../package.json';
import { readFiles, STDIN } from './input/readFiles';
import { lintFiles } from './lintFiles';
import { toJson } from './output/json';
import { toSarif } from './output/sarif';
import { toText } from './output/text';
import type { Report } from './types';

/** What the command line reads and writes. */
export interface Terminal {
  cwd: string;
  stdin: NodeJS.ReadableStream;
  out(text: string): void;
  err(text: string): void;
}

const FORMATS: Record<Format, (report: Report) => string> = {
  text: toText,
  json: toJson,
  sarif: toSarif,
};

const SEVERITIES: readonly LintSeverity[] = ['info', 'warning', 'error'];

type Format = 'text' | 'json' | 'sarif';

interface Options {
  format: Format;
  failOn: LintSeverity;
  ignore: string[];
  namespace: string;
}

/** The exit codes. */
const CLEAN = 0;
const FOUND = 1;
const UNREADABLE = 2;

/**
 * Runs the command line. Never throws.
 *
 * @returns 0 without findings, 1 with some, 2 if something can't be read
 */
export async function run(
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const command = commandFor(terminal);
  try {
    command.parse(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? CLEAN : UNREADABLE;
    }
    throw error;
  }
  const { format, failOn, ignore, namespace } = command.opts<Options>();
  const { files, errors } = await readFiles(command.args, terminal);
  const linted = lintFiles(files, { namespace });
  const report: Report = {
    ...linted,
    errors: [...errors, ...linted.errors],
    findings: linted.findings.filter(({ code }) => !ignore.includes(code)),
  };
  terminal.out(FORMATS[format](report));
  if (report.errors.length > 0) {
    return UNREADABLE;
  }
  return report.findings.some(
    ({ severity }) =>
      SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(failOn),
  )
    ? FOUND
    : CLEAN;
}

function commandFor({ out, err }: Terminal): Command {
  return new Command('landfall-lint')
    .description(
      'Finds settings of Argo CD Image Updater that look right and do nothing',
    )
    .version(version)
    .argument('<path...>', `files, folders, or ${STDIN} for the standard input`)
    .addOption(
      new Option('--format <format>', 'how findings are written')
        .choices(Object.keys(FORMATS))
        .default('text'),
    )
    .addOption(
      new Option('--fail-on <severity>', 'the least severity for exit code 1')
        .choices([...SEVERITIES])
        .default('warning'),
    )
    .option(
      '--ignore <code>',
      'a code to leave out; may be repeated',
      (code: string, before: string[]) => {
        if (!LINT_CODES.some(rule => rule.code === code)) {
          throw new InvalidArgumentError('No rule has that code.');
        }
        return [...before, code];
      },
      [],
    )
    .option(
      '--namespace <namespace>',
      'the namespace of resources that name none',
      'argocd',
    )
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing found, 1 findings, 2 something could not be read',
    )
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err });
}

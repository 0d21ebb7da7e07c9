import type { GitCommands } from '../GitCommands';

export interface Signature {
  name: string;
  email: string;
  /** ISO 8601 with the offset of its author. */
  date: string;
}

export interface ChangedFile {
  path: string;
  status: 'added' | 'modified' | 'removed';
  /** Lines; 0 for a binary file. */
  additions: number;
  deletions: number;
}

export interface Commit {
  id: string;
  treeId: string;
  parentIds: string[];
  author: Signature;
  committer: Signature;
  /** As committed, with its trailing line break. */
  message: string;
  /** What it changed against its first parent; empty when not asked for. */
  files: ChangedFile[];
}

export interface LogOptions {
  /** Whole commit ids. */
  from: string;
  exclude?: string;
  /** Only commits that touch this file or directory. */
  path?: readonly string[];
  skip?: number;
  limit: number;
  /** Whether `files` is filled in. */
  files: boolean;
}

/** Starts a commit in the output; no field can begin with it. */
const MARK = '\x1e';
const FIELDS = [
  '%H',
  '%T',
  '%P',
  '%an',
  '%ae',
  '%aI',
  '%cn',
  '%ce',
  '%cI',
  '%B',
];

/** The commits that are reachable from one commit, newest first. */
export async function readLog(
  git: GitCommands,
  gitDir: string,
  options: LogOptions,
): Promise<Commit[]> {
  const output = await git.run(
    [
      '--literal-pathspecs',
      'log',
      '-z',
      '--encoding=UTF-8',
      `--format=${MARK}${FIELDS.join('%x00')}`,
      `--max-count=${options.limit}`,
      `--skip=${options.skip ?? 0}`,
      ...(options.files
        ? ['--raw', '--numstat', '--no-renames', '--no-abbrev']
        : []),
      // A merge alone is shown against its first parent; with several commits
      // this would also change which of them are visited.
      ...(options.limit === 1 && !options.path ? ['-m', '--first-parent'] : []),
      ...revisionsOf(options),
    ],
    { gitDir },
  );
  return parseLog(output.toString('utf8'));
}

/** How many commits {@link readLog} would give without a limit. */
export async function countLog(
  git: GitCommands,
  gitDir: string,
  options: Pick<LogOptions, 'from' | 'exclude' | 'path'>,
): Promise<number> {
  const output = await git.run(
    ['--literal-pathspecs', 'rev-list', '--count', ...revisionsOf(options)],
    { gitDir },
  );
  return Number(output.toString('latin1').trim());
}

/** The patch of a commit against its first parent, cut after `maxBytes`. */
export async function readPatch(
  git: GitCommands,
  gitDir: string,
  commitId: string,
  maxBytes: number,
): Promise<{ text: string; cut: boolean }> {
  const output = await git.run(
    [
      'show',
      '--format=',
      '--patch',
      '-m',
      '--first-parent',
      '--no-color',
      '--no-ext-diff',
      '--no-textconv',
      '--end-of-options',
      commitId,
    ],
    { gitDir, maxBytes },
  );
  return {
    text: output.subarray(0, maxBytes).toString('utf8'),
    cut: output.length > maxBytes,
  };
}

function revisionsOf(
  options: Pick<LogOptions, 'from' | 'exclude' | 'path'>,
): string[] {
  return [
    '--end-of-options',
    options.from,
    ...(options.exclude ? [`^${options.exclude}`] : []),
    '--',
    ...(options.path?.length ? [options.path.join('/')] : []),
  ];
}

const STATUS: Record<string, ChangedFile['status'] | undefined> = {
  A: 'added',
  D: 'removed',
};

/**
 * Reads `git log -z`: the fields of a commit, then one token a file with its
 * modes and status, followed by its path, then one a file with its numbers.
 */
function parseLog(output: string): Commit[] {
  const commits: Commit[] = [];
  const tokens = output.split('\0');
  for (let i = 0; i < tokens.length; ) {
    if (!tokens[i].startsWith(MARK)) {
      i++;
      continue;
    }
    const fields = tokens.slice(i, i + FIELDS.length);
    i += FIELDS.length;
    const files = new Map<string, ChangedFile>();
    for (; i < tokens.length && !tokens[i].startsWith(MARK); i++) {
      const raw = /^\n?:.* ([A-Z])\d*$/.exec(tokens[i]);
      const numbers = /^\n?(\d+|-)\t(\d+|-)\t([^]*)$/.exec(tokens[i]);
      if (raw) {
        const path = tokens[++i];
        files.set(path, {
          path,
          status: STATUS[raw[1]] ?? 'modified',
          additions: 0,
          deletions: 0,
        });
      } else if (numbers) {
        const file = files.get(numbers[3]);
        if (file) {
          file.additions = Number(numbers[1]) || 0;
          file.deletions = Number(numbers[2]) || 0;
        }
      }
    }
    commits.push(toCommit(fields, [...files.values()]));
  }
  return commits;
}

function toCommit(fields: string[], files: ChangedFile[]): Commit {
  const [id, treeId, parents, an, ae, ad, cn, ce, cd, message] = fields;
  return {
    id: id.slice(MARK.length),
    treeId,
    parentIds: parents.split(' ').filter(Boolean),
    author: { name: an, email: ae, date: ad },
    committer: { name: cn, email: ce, date: cd },
    message,
    files,
  };
}

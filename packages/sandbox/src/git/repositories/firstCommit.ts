import type { GitCommands } from '../GitCommands';

/** A file of a first commit; the content of a symbolic link is its target. */
export interface NewFile {
  /** With slashes, relative to the root of the repository. */
  path: string;
  mode: '100644' | '100755' | '120000';
  content: Buffer;
}

export interface FirstCommit {
  branch: string;
  author: { name: string; email: string };
  message: string;
  files: NewFile[];
}

/** Writes a commit into an empty bare repository, with one process and no work tree. */
export async function writeFirstCommit(
  git: GitCommands,
  gitDir: string,
  commit: FirstCommit,
  now: Date,
): Promise<void> {
  const who = `${commit.author.name} <${commit.author.email}>`;
  const when = `${Math.floor(now.getTime() / 1000)} +0000`;
  const parts: Buffer[] = [
    Buffer.from(
      `commit refs/heads/${commit.branch}\nauthor ${who} ${when}\ncommitter ${who} ${when}\n`,
    ),
    ...data(Buffer.from(commit.message)),
    ...commit.files.flatMap(file => [
      Buffer.from(`M ${file.mode} inline ${quote(file.path)}\n`),
      ...data(file.content),
    ]),
    Buffer.from('done\n'),
  ];
  await git.run(['fast-import', '--quiet', '--done', '--date-format=raw'], {
    gitDir,
    input: Buffer.concat(parts),
  });
}

function data(content: Buffer): Buffer[] {
  return [Buffer.from(`data ${content.length}\n`), content, Buffer.from('\n')];
}

function quote(path: string): string {
  return `"${path.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
}

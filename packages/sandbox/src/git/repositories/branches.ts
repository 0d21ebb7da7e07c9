import type { GitCommands } from '../GitCommands';
import type { Signature } from './history';

export interface Branch {
  name: string;
  commitId: string;
  author: Signature;
  committer: Signature;
  message: string;
}

/** Ends a field of `for-each-ref`; Git allows it in no name and no message. */
const FIELD_END = '\0';
const FIELDS = [
  '%(refname:lstrip=2)',
  '%(objectname)',
  '%(authorname)',
  '%(authoremail:trim)',
  '%(authordate:iso-strict)',
  '%(committername)',
  '%(committeremail:trim)',
  '%(committerdate:iso-strict)',
  '%(contents)',
];

/** All branches by name. */
export async function readBranches(
  git: GitCommands,
  gitDir: string,
): Promise<Branch[]> {
  const output = await git.run(
    [
      'for-each-ref',
      `--format=${FIELDS.map(it => `${it}%00`).join('')}`,
      'refs/heads',
    ],
    { gitDir },
  );
  const tokens = output.toString('utf8').split(FIELD_END);
  const branches: Branch[] = [];
  for (let i = 0; i + FIELDS.length < tokens.length; i += FIELDS.length) {
    const [name, commitId, an, ae, ad, cn, ce, cd, message] = tokens.slice(
      i,
      i + FIELDS.length,
    );
    branches.push({
      name: name.trimStart(),
      commitId,
      author: { name: an, email: ae, date: ad },
      committer: { name: cn, email: ce, date: cd },
      message,
    });
  }
  return branches;
}

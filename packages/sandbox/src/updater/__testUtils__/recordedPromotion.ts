import { createHash } from 'node:crypto';
import { readRecordingJson } from '@landfall/testing-kit';
import { z } from 'zod';

const stepsSchema = z.object({
  title: z.string(),
  steps: z.array(z.looseObject({ kind: z.string() })),
});

const applicationEventSchema = z.object({
  application: z.looseObject({
    metadata: z.looseObject({ name: z.string(), namespace: z.string() }),
  }),
});

const commitSchema = z.object({
  author: z.object({ name: z.string(), email: z.string() }),
  message: z.string(),
  files: z.array(z.object({ status: z.string(), path: z.string() })),
  gitShow: z.string(),
});

const pushSchema = z.object({ repository: z.string(), tag: z.string() });

/** A recorded commit with the state it was made from. */
export interface RecordedCommit {
  /** The last state of the Application before the commit. */
  application: Record<string, unknown>;
  path: string;
  /** Undefined if the commit adds the file. */
  before?: string;
  after: string;
  author: string;
  message: string;
}

/** The updater's commits in a recorded promotion, and what was pushed. */
export function recordedCommits(file: string): {
  commits: RecordedCommit[];
  pushes: z.infer<typeof pushSchema>[];
} {
  const { steps } = stepsSchema.parse(readRecordingJson(`promotions/${file}`));
  const commits: RecordedCommit[] = [];
  const applications = new Map<string, Record<string, unknown>>();
  for (const step of steps) {
    if (step.kind === 'app-event') {
      const { application } = applicationEventSchema.safeParse(step).data ?? {};
      if (application) {
        applications.set(application.metadata.name, application);
      }
    } else if (step.kind === 'commit') {
      const commit = commitSchema.parse(step);
      const application = applications.get(
        /update of (\S+)/.exec(commit.message)?.[1] ?? '',
      );
      if (application && commit.author.name === 'argocd-image-updater') {
        commits.push({
          application,
          path: commit.files[0].path,
          ...filesOf(commit.gitShow),
          author: `${commit.author.name} <${commit.author.email}>`,
          message: commit.message,
        });
      }
    }
  }
  return {
    commits,
    pushes: steps
      .filter(({ kind }) => kind === 'push')
      .map(step => pushSchema.parse(step)),
  };
}

/** Possible beginnings of small files, for diffs that only show the end. */
const HEADS = [
  '',
  '# dev overrides of edge\n',
  '# dev overrides of api\n',
  '# dev overrides of rapid\n',
  'helm:\n  parameters:\n  - name: image.repository\n',
];

/** The only unknown beginning. Any content works, because it doesn't change. */
const KUSTOMIZATION_HEAD =
  'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n\nresources:\n';

/**
 * Both versions of the file. The diff's blob ids verify them, unless the file's
 * beginning is unknown.
 */
function filesOf(gitShow: string): { before?: string; after: string } {
  const ids = /^index ([0-9a-f]+)\.\.([0-9a-f]+)/m.exec(gitShow);
  const lines = gitShow
    .slice(gitShow.indexOf('@@'))
    .replace(/\n*$/, '\n')
    .split('\n')
    .slice(1, -1);
  const side = (mark: string) =>
    lines
      .filter(line => [' ', mark].includes(line[0] ?? ' '))
      .map(line => `${line.slice(1)}\n`)
      .join('');
  const isNew = gitShow.includes('\nnew file mode');
  const head = gitShow.includes('kustomization.yaml')
    ? KUSTOMIZATION_HEAD
    : HEADS.find(text =>
        [
          [1, isNew ? '' : text + side('-')] as const,
          [2, text + side('+')] as const,
        ].every(
          ([at, content]) =>
            (at === 1 && isNew) || blobId(content).startsWith(ids?.[at] ?? ' '),
        ),
      );
  if (head === undefined) {
    throw new Error(`the file of this diff can't be made again:\n${gitShow}`);
  }
  return {
    before: isNew ? undefined : head + side('-'),
    after: head + side('+'),
  };
}

function blobId(text: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');
}

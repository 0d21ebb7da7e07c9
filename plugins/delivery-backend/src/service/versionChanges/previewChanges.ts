import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  describeMessage,
  VersionChangeError,
  type VersionChangeItem,
  type VersionChangeMessage,
  type VersionChangePreview,
  type VersionChangeRequest,
} from '@landfall/backstage-plugin-delivery-common';
import type { ConfigRepositoryEditor } from '@landfall/backstage-plugin-delivery-node';
import { describeChange } from './describeChange';
import { FileEdits } from './editFiles';
import type { JudgedItem } from './judgeItem';
import type { CommitsOfVersionsQuery } from './SourceCommits';
import { unifiedDiff } from './unifiedDiff';
import { commitRangeOf, type VersionCommits } from './versionCommits';

/**
 * An item, and what came of judging it.
 *
 * @internal
 */
export interface PreviewedItem {
  item: VersionChangeItem;
  judged?: JudgedItem;
  error?: unknown;
}

/** @internal */
export interface PreviewedChanges extends VersionChangePreview {
  /** The branch that each item changes. */
  branches: ReadonlyMap<VersionChangeItem, string>;
  /** The commits between the versions of each item. */
  commits: ReadonlyMap<VersionChangeItem, VersionCommits>;
}

type Previewed = VersionChangePreview['items'][number];

type CommitsBetweenVersions = (
  query: CommitsOfVersionsQuery,
) => Promise<VersionCommits>;

/**
 * Makes the edits without a commit, one repository and branch after the other.
 *
 * @internal
 * @param options.rejects - rejects with the first thing that stands in the way, in
 * place of a refusal in the item
 */
export async function previewChanges(
  request: VersionChangeRequest,
  items: readonly PreviewedItem[],
  options: {
    editor: Pick<ConfigRepositoryEditor, 'preview'>;
    user: string;
    rejects?: boolean;
    /** Without it, nothing is said about commits. */
    commitsBetween?: CommitsBetweenVersions;
  },
): Promise<PreviewedChanges> {
  const { action, reason, via = 'request' } = request;
  const { editor, user, rejects = false, commitsBetween } = options;
  const errors = new Map<VersionChangeItem, unknown>();
  const before = new Map<VersionChangeItem, string>();
  const branches = new Map<VersionChangeItem, string>();
  const commits = new Map<VersionChangeItem, VersionCommits>();
  for (const { item, error } of items) {
    if (error !== undefined) {
      errors.set(item, error);
    }
  }
  const changes: VersionChangePreview['changes'] = [];
  for (const group of groups(items).values()) {
    const [{ file }] = group;
    const { repoUrl, branch } = file.places;
    let files: FileEdits['changed'] = [];
    try {
      const commit = await editor.preview({
        repoUrl,
        branch,
        async edit(repository) {
          const edits = new FileEdits(repository);
          for (const { item, file: change } of group) {
            try {
              const { from, isSame } = await edits.make(change);
              if (from !== undefined) {
                before.set(item, from);
              }
              // Whoever repeats a request that was carried out gets no error.
              if (isSame && !rejects) {
                errors.set(item, nothingToChange(item));
              }
            } catch (error) {
              if (rejects || !(error instanceof VersionChangeError)) {
                throw error;
              }
              errors.set(item, error);
            }
          }
          files = edits.changed;
          return files.map(({ path, after }) => ({ path, text: after }));
        },
      });
      group.forEach(({ item }) => branches.set(item, commit.branch));
      const made = group.filter(({ item }) => !errors.has(item));
      if (made.length > 0) {
        const found = await findCommits(action, made, before, commitsBetween);
        found.forEach((one, item) => commits.set(item, one));
        changes.push({
          repositoryUrl: repoUrl,
          branch: commit.branch,
          ...describeChange(
            { action, reason },
            made.map(({ item, application, environment, ...judged }) => ({
              application: application.ref,
              environment,
              repository: item.repository,
              from: before.get(item),
              to: item.tag,
              held: judged.hold,
              findings: judged.findings,
              commits: commits.get(item),
            })),
            user,
          ),
          files: files.map(({ path, before: old, after }) => ({
            path,
            diff: unifiedDiff(old, after),
          })),
          via,
        });
      }
    } catch (error) {
      if (rejects) {
        throw error;
      }
      const obstacle = expected(error);
      group.forEach(({ item }) => errors.set(item, obstacle));
    }
  }
  return {
    branches,
    changes,
    commits,
    items: items.map(({ item, judged }): Previewed => {
      const from = before.get(item);
      const error = errors.get(item);
      return {
        application: item.application,
        repository: item.repository,
        ...(from !== undefined && { from }),
        ...(item.tag !== undefined && { to: item.tag }),
        notes: error === undefined ? (judged?.notes ?? []).map(toSentence) : [],
        ...(error !== undefined && { refusal: toRefusal(error) }),
      };
    }),
  };
}

async function findCommits(
  action: VersionChangeRequest['action'],
  made: readonly JudgedItem[],
  before: ReadonlyMap<VersionChangeItem, string>,
  commitsBetween: CommitsBetweenVersions | undefined,
): Promise<Map<VersionChangeItem, VersionCommits>> {
  // Several environments often go from and to the same versions.
  const asked = new Map<string, Promise<VersionCommits>>();
  const found = new Map<VersionChangeItem, VersionCommits>();
  await Promise.all(
    made.map(async ({ item, entity }) => {
      const { repository, tag: to } = item;
      const range = commitRangeOf(action, { from: before.get(item), to });
      if (!range || !commitsBetween) {
        return;
      }
      const key = JSON.stringify([item.entityRef, repository, range]);
      const answer =
        asked.get(key) ?? commitsBetween({ entity, repository, ...range });
      asked.set(key, answer);
      found.set(item, await answer);
    }),
  );
  return found;
}

function groups(items: readonly PreviewedItem[]): Map<string, JudgedItem[]> {
  const found = new Map<string, JudgedItem[]>();
  for (const { judged } of items) {
    if (judged) {
      const { repoUrl, branch } = judged.file.places;
      const key = JSON.stringify([repoUrl, branch]);
      found.set(key, [...(found.get(key) ?? []), judged]);
    }
  }
  return found;
}

/**
 * What may stand in the way of an item; throws any other error, whose message isn't
 * for callers.
 *
 * @internal
 */
export function expected(error: unknown): unknown {
  const isExpected = [
    VersionChangeError,
    InputError,
    NotFoundError,
    NotAllowedError,
    ConflictError,
    ServiceUnavailableError,
  ].some(one => error instanceof one);
  if (!isExpected) {
    throw error;
  }
  return error;
}

function nothingToChange({ repository, tag }: VersionChangeItem) {
  return new VersionChangeError(
    tag === undefined
      ? { code: 'change.not-held', parameters: { repository } }
      : { code: 'change.same', parameters: { repository, version: tag } },
  );
}

/** Errors of requests say what to do in their message. */
function toRefusal(error: unknown): NonNullable<Previewed['refusal']> {
  if (error instanceof VersionChangeError) {
    return toSentence(error.reason);
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'change.refused', message, parameters: { message } };
}

function toSentence(reason: VersionChangeMessage): Previewed['notes'][number] {
  const { code, message, parameters } = describeMessage(reason);
  return {
    code,
    message,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, String(value)]),
    ),
  };
}

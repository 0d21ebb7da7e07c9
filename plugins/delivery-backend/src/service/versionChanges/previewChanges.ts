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
  type VersionChangePreview,
  type VersionChangeRequest,
} from '@landfall/backstage-plugin-delivery-common';
import type { ConfigRepositoryEditor } from '@landfall/backstage-plugin-delivery-node';
import { describeChange } from './describeChange';
import { FileEdits } from './editFiles';
import type { JudgedItem } from './judgeItem';
import { unifiedDiff } from './unifiedDiff';

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
}

type Previewed = VersionChangePreview['items'][number];

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
  },
): Promise<PreviewedChanges> {
  const { action, reason, via = 'request' } = request;
  const { editor, user, rejects = false } = options;
  const errors = new Map<VersionChangeItem, unknown>();
  const before = new Map<VersionChangeItem, string>();
  const branches = new Map<VersionChangeItem, string>();
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
              const { from } = await edits.make(change);
              if (from !== undefined) {
                before.set(item, from);
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
    items: items.map(({ item, judged }): Previewed => {
      const from = before.get(item);
      const error = errors.get(item);
      return {
        application: item.application,
        repository: item.repository,
        ...(from !== undefined && { from }),
        ...(item.tag !== undefined && { to: item.tag }),
        notes: (judged?.notes ?? []).map(describeMessage),
        ...(error !== undefined && { refusal: toRefusal(error) }),
      };
    }),
  };
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

/** Errors of requests say what to do in their message. */
function toRefusal(error: unknown): NonNullable<Previewed['refusal']> {
  if (error instanceof VersionChangeError) {
    const { code, message, parameters } = describeMessage(error.reason);
    return { code, message, parameters: texts(parameters) };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'change.refused', message, parameters: { message } };
}

function texts(parameters: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, String(value)]),
  );
}

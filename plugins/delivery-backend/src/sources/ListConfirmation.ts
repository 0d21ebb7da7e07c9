import { isError } from '@backstage/errors';
import type {
  Application,
  ApplicationRef,
} from '@landfall/backstage-plugin-delivery-common';
import type { ArgoCdClient } from '@landfall/backstage-plugin-delivery-node';
import pLimit from 'p-limit';
import { applicationKey } from '../store/applicationKey';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import {
  type KnownVersion,
  readResourceVersions,
} from '../store/operations/readApplications';
import { quoted } from '../store/text';
import { isSuspectList } from './isSuspectList';

const CONCURRENCY = 4;
/**
 * Without the right to a whole project, this many of its applications are checked
 * one by one. The rest are held.
 */
const ASKED_PER_PROJECT = 50;
/** Maximum number of projects listed in an error. */
const NAMED = 5;

/** Milliseconds until a list that lacks many applications may be confirmed. @internal */
export const DEFAULT_CONFIRM_MS = 60_000;

type Missing = [key: string, known: KnownVersion];

interface ReceivedList {
  applications: Application[];
  unread: ApplicationRef[];
  /** When the list was received; ISO 8601. */
  seenAt: string;
}

/**
 * Whether the applications that a list lacks are gone.
 *
 * @internal
 */
export interface ListVerdict {
  /**
   * Missing applications that count as present, since the list doesn't prove that
   * they are gone.
   */
  held: ApplicationRef[];
  /** Why they are held, as a sentence. */
  error?: string;
  /** True if another list may settle it. */
  isPending: boolean;
}

const NOTHING_HELD: ListVerdict = { held: [], isPending: false };

/** @internal */
export interface ListConfirmationOptions {
  client: ArgoCdClient;
  database: DeliveryDatabase;
  confirmMs: number;
}

/**
 * Prevents a list that lacks many known applications from emptying pages. Missing
 * applications are held until a later list lacks them, too, and Argo CD confirms
 * that the account may see applications of their projects. While the account
 * lacks that right, they stay held.
 *
 * @internal
 */
export class ListConfirmation {
  static create(options: ListConfirmationOptions): ListConfirmation {
    return new ListConfirmation(options);
  }

  /** The first list that lacked many applications. */
  private suspected?: { at: number; keys: Set<string> };

  private constructor(private readonly options: ListConfirmationOptions) {}

  async judge({
    unreadProjects = [],
    ...list
  }: ReceivedList & {
    /** Their applications are held: the list can't show whether they are gone. */
    unreadProjects?: string[];
  }): Promise<ListVerdict> {
    const { client, database } = this.options;
    const present = [
      ...(await readResourceVersions(database.knex, client.instance)),
    ].filter(([, { gone }]) => !gone);
    const isRead = ([, { project = '' }]: Missing) =>
      !unreadProjects.includes(project);
    const { held, ...others } = await this.judgeKnown(
      present.filter(isRead),
      list,
    );
    return {
      ...others,
      held: [
        ...held,
        ...present.filter(each => !isRead(each)).map(([, { ref }]) => ref),
      ],
    };
  }

  private async judgeKnown(
    known: Missing[],
    list: ReceivedList,
  ): Promise<ListVerdict> {
    const { client, confirmMs } = this.options;
    const listed = new Set(
      [...list.applications.map(({ ref }) => ref), ...list.unread].map(
        applicationKey,
      ),
    );
    const missing = known.filter(([key]) => !listed.has(key));
    if (!isSuspectList({ known: known.length, missing: missing.length })) {
      this.suspected = undefined;
      return NOTHING_HELD;
    }
    const at = Date.parse(list.seenAt);
    this.suspected ??= {
      at,
      keys: new Set(missing.map(([key]) => key)),
    };
    const summary = `Argo CD '${client.instance}' listed ${
      known.length - missing.length
    } of ${known.length} known applications`;
    let visible: Set<string>;
    try {
      visible = await this.visibleKeys(missing);
    } catch (error) {
      return verdict(
        missing,
        `${summary}, and it couldn't be checked whether the account has lost permissions: ${
          isError(error) ? error.message : error
        }. The others keep their last known state`,
        false,
      );
    }
    const { keys, at: since } = this.suspected;
    const isConfirmed = ([key]: Missing) =>
      at - since >= confirmMs && keys.has(key);
    const held = missing.filter(
      each => !visible.has(each[0]) || !isConfirmed(each),
    );
    if (held.length === 0) {
      this.suspected = undefined;
      return NOTHING_HELD;
    }
    const forbidden = missing.filter(([key]) => !visible.has(key));
    return verdict(
      held,
      forbidden.length > 0
        ? `${summary}: the account lacks the permission \`applications, get\` for ${
            forbidden.length
          } of the others, in ${projectsText(
            forbidden,
          )}. They keep their last known state. Grant the permission again`
        : `${summary}. Until another list confirms it, the others keep their last known state`,
      held.length > forbidden.length,
    );
  }

  /** Keys of the missing applications that the account could see if they existed. */
  private async visibleKeys(missing: Missing[]): Promise<Set<string>> {
    const byProject = new Map<string, Missing[]>();
    for (const each of missing) {
      const project = projectOf(each);
      byProject.set(project, [...(byProject.get(project) ?? []), each]);
    }
    const limit = pLimit(CONCURRENCY);
    const visible = await Promise.all(
      [...byProject].map(([project, ofProject]) =>
        limit(async () => {
          if (await this.canGet(`${project}/*`)) {
            return ofProject;
          }
          const found: Missing[] = [];
          for (const each of ofProject.slice(0, ASKED_PER_PROJECT)) {
            if (await this.maySee(each)) {
              found.push(each);
            }
          }
          return found;
        }),
      ),
    );
    return new Set(visible.flat().map(([key]) => key));
  }

  /** For applications in Argo CD's own namespace, RBAC rules omit the namespace. */
  private async maySee(missing: Missing): Promise<boolean> {
    const project = projectOf(missing);
    const { namespace, name } = missing[1].ref;
    return (
      (await this.canGet(`${project}/${name}`)) ||
      (await this.canGet(`${project}/${namespace}/${name}`))
    );
  }

  private async canGet(object: string): Promise<boolean> {
    return this.options.client.accounts.canI({
      resource: 'applications',
      action: 'get',
      object,
    });
  }
}

function projectOf([, { project = '' }]: Missing): string {
  return project;
}

function verdict(
  held: Missing[],
  sentence: string,
  isPending: boolean,
): ListVerdict {
  return {
    held: held.map(([, { ref }]) => ref),
    error: `${sentence}.`,
    isPending,
  };
}

function projectsText(missing: Missing[]): string {
  const all = [...new Set(missing.map(projectOf))].sort();
  const named = all.slice(0, NAMED).map(quoted).join(', ');
  const more = all.length > NAMED ? ` and ${all.length - NAMED} more` : '';
  return `${all.length === 1 ? 'the project' : 'the projects'} ${named}${more}`;
}

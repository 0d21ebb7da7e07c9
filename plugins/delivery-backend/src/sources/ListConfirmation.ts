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
/** Where rules aren't for a whole project; the rest of its applications is held. */
const ASKED_PER_PROJECT = 50;
/** How many projects an error names. */
const NAMED = 5;

/** Milliseconds from a list that lacks much to the one that may confirm it. @internal */
export const DEFAULT_CONFIRM_MS = 60_000;

type Missing = [key: string, known: KnownVersion];

/**
 * What a list means for the applications that it lacks.
 *
 * @internal
 */
export interface ListVerdict {
  /** They are to be taken for there: the list is no proof that they are gone. */
  held: ApplicationRef[];
  /** Why, in a sentence. */
  error?: string;
  /** Another list may settle it. */
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
 * Keeps a list that lacks much of what is known from emptying pages. Applications
 * that are missing are held until a later list lacks them, too, and Argo CD confirms
 * that the account may see applications of their projects. Without that right they
 * are held for as long as it is missing.
 *
 * @internal
 */
export class ListConfirmation {
  static create(options: ListConfirmationOptions): ListConfirmation {
    return new ListConfirmation(options);
  }

  /** The first of the lists that lacked much. */
  private suspected?: { at: number; keys: Set<string> };

  private constructor(private readonly options: ListConfirmationOptions) {}

  async judge(list: {
    applications: Application[];
    unread: ApplicationRef[];
    /** When it was received; ISO 8601. */
    seenAt: string;
  }): Promise<ListVerdict> {
    const { client, database, confirmMs } = this.options;
    const known = [
      ...(await readResourceVersions(database.knex, client.instance)),
    ].filter(([, { gone }]) => !gone);
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
        `${summary}, and couldn't be asked whether the account lost its rights: ${
          isError(error) ? error.message : error
        }. The others stay as they were last seen`,
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
        ? `${summary}: the account has no right to \`applications, get\` for ${
            forbidden.length
          } of the others, in ${projectsText(
            forbidden,
          )}. They stay as they were last seen; grant the right again`
        : `${summary}; waiting for another list that confirms it. The others stay as they were last seen until then`,
      held.length > forbidden.length,
    );
  }

  /** Those that the account would see if they were there. */
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

  /** Rules name an application without its namespace where that is Argo CD's own. */
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

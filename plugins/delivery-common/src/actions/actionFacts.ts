import type {
  Application,
  ApplicationOperation,
  ApplicationResource,
  ApplicationSource,
} from '../model/application';
import { isRunning } from '../promotion/operations';
import type { DesiredImages } from '../promotion/types';

/**
 * What an action on an application depends on, as texts.
 *
 * @public
 */
export interface ActionFacts {
  /** What the application is, what runs, what differs, and the latest deployment. */
  state: string;
  /** The running or latest operation; `dry-run` if that is a dry run that has ended. */
  operation: string;
  /** The compared commits; absent if they don't matter. */
  revisions?: string;
  /** What Git wants at these commits; absent if it isn't known. */
  wanted?: string;
}

/** The operation of an application whose latest one was a dry run. */
const DRY_RUN = 'dry-run';

const SEPARATOR = '.';

/**
 * What an action on an application depends on. It is the same for two states of an
 * application if an action that was decided on for one does the same to the other. A
 * reconciliation alone doesn't change it. The API sends a hash of each, the
 * `actionKey`.
 *
 * Argo CD compares every application of a repository with each new commit of it, also
 * with one that changes nothing of the application. If the commit itself counted, no
 * page of a service in a busy monorepo could be acted on. So what counts is what the
 * page shows of it: whether and which resources are out of sync and, for those that
 * are, what Git wants. Of a synced application that is what runs. Otherwise it is the
 * manifests (`desired.manifests`); while those aren't known, or don't show what changed
 * in them, only the same commits are certain to want the same. While an operation
 * applies resources, their differences are its progress, and no action depends on them.
 *
 * Hooks are neither compared nor shown, so another version of a hook counts only
 * together with other changes.
 *
 * @param desired - what Git wants, as last read; ignored if that is of other commits
 * @public
 */
export function actionFactsOf(
  application: Application,
  desired?: DesiredImages,
): ActionFacts {
  const { dryRevision, history, operation, sync } = application;
  const isApplying =
    operation !== undefined && isRunning(operation) && !operation.dryRun;
  return {
    state: JSON.stringify([
      ...definitionOf(application),
      [...application.images].sort(),
      history.at(-1)?.id,
      isApplying ? 'applying' : differencesOf(application),
    ]),
    operation: factsOfOperation(operation),
    revisions: JSON.stringify(isApplying ? [] : [sync.revisions, dryRevision]),
    wanted: isApplying ? undefined : wantedBy(application, desired),
  };
}

/**
 * What a change of a version in Git depends on. It is made on top of the latest commit,
 * so it doesn't matter which one Argo CD has compared, or what it is doing.
 *
 * @public
 */
export function versionChangeFactsOf(application: Application): ActionFacts {
  return {
    state: JSON.stringify([
      ...definitionOf(application),
      [...application.images].sort(),
    ]),
    operation: '',
  };
}

function definitionOf(application: Application): unknown[] {
  const { ref, destination } = application;
  return [
    [ref.instance, ref.namespace, ref.name, application.uid],
    application.project,
    application.deletedAt !== undefined,
    [destination.server, destination.name, destination.namespace],
    application.sources.map(factsOfSource),
    application.drySource && factsOfSource(application.drySource),
    application.automatedSync,
  ];
}

/** Whether, and in which resources, the application differs from Git. */
function differencesOf(application: Application): unknown[] {
  const { status } = application.sync;
  const { outOfSync } = application.resources;
  const listed = listedOutOfSync(application);
  return [
    status,
    outOfSync,
    // Of very many, only the unhealthiest are kept, and those change by themselves.
    ...(listed.length === outOfSync
      ? listed
          .map(({ group, kind, namespace = '', name }) =>
            JSON.stringify([group, kind, namespace, name]),
          )
          .sort()
      : []),
  ];
}

/** Undefined if it isn't known what Git wants. */
function wantedBy(
  application: Application,
  desired: DesiredImages | undefined,
): string | undefined {
  const { status, revisions } = application.sync;
  if (status === 'Synced') {
    return status;
  }
  const listed = listedOutOfSync(application);
  const isReadable =
    status === 'OutOfSync' &&
    listed.length === application.resources.outOfSync &&
    // Argo CD masks what is in them.
    !listed.some(({ group, kind }) => group === '' && kind === 'Secret');
  return isReadable && desired?.revisions.join() === revisions.join()
    ? desired.manifests
    : undefined;
}

function listedOutOfSync({ resources }: Application): ApplicationResource[] {
  return resources.unwell.filter(
    ({ syncStatus }) => syncStatus === 'OutOfSync',
  );
}

/**
 * Puts an `actionKey` together.
 *
 * @param hash - of a text, without dots
 * @public
 */
export function toActionKey(
  { state, operation, revisions, wanted }: ActionFacts,
  hash: (text: string) => string,
): string {
  return [
    hash(state),
    operation === DRY_RUN ? DRY_RUN : hash(operation),
    ...(revisions === undefined ? [] : [hash(revisions)]),
    ...(wanted === undefined ? [] : [hash(wanted)]),
  ].join(SEPARATOR);
}

/**
 * Whether an action that was decided on for one `actionKey` may be done to an
 * application that now has another one. A dry run that has ended since then has changed
 * nothing, and neither has a commit with which Git wants the same as before.
 *
 * @public
 */
export function isSameActionKey(expected: string, current: string): boolean {
  const before = expected.split(SEPARATOR);
  const [state, operation, revisions, wanted] = current.split(SEPARATOR);
  return (
    state === before[0] &&
    (operation === before[1] || operation === DRY_RUN) &&
    (revisions === before[2] || (wanted !== undefined && wanted === before[3]))
  );
}

function factsOfOperation(operation: ApplicationOperation | undefined): string {
  if (!operation) {
    return '';
  }
  const isOver = !isRunning(operation);
  return isOver && operation.dryRun
    ? DRY_RUN
    : JSON.stringify([operation.startedAt, isOver]);
}

function factsOfSource(source: ApplicationSource) {
  const { repoUrl, path, chart, targetRevision, tool, ref } = source;
  return [
    [repoUrl, path, chart, targetRevision, tool, ref],
    (source.helmParameters ?? []).map(({ name, value }) => [name, value]),
    source.kustomizeImages,
    source.valueFiles,
  ];
}

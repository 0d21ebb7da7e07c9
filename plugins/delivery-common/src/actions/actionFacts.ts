import type {
  Application,
  ApplicationOperation,
  ApplicationSource,
} from '../model/application';
import { isRunning } from '../promotion/operations';

/**
 * What an action on an application depends on, as texts.
 *
 * @public
 */
export interface ActionFacts {
  /** What Git wants, what runs, and the latest deployment. */
  state: string;
  /** The running or latest operation; `dry-run` if that is a dry run that has ended. */
  operation: string;
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
 * @public
 */
export function actionFactsOf(application: Application): ActionFacts {
  const { history, sync } = application;
  return {
    state: JSON.stringify([
      ...definitionOf(application),
      sync.revisions,
      application.dryRevision,
      [...application.images].sort(),
      history.at(-1)?.id,
    ]),
    operation: factsOfOperation(application.operation),
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

/**
 * Puts an `actionKey` together.
 *
 * @param hash - of a text, without dots
 * @public
 */
export function toActionKey(
  { state, operation }: ActionFacts,
  hash: (text: string) => string,
): string {
  return [hash(state), operation === DRY_RUN ? DRY_RUN : hash(operation)].join(
    SEPARATOR,
  );
}

/**
 * Whether an action that was decided on for one `actionKey` may be done to an
 * application that now has another one. A dry run that has ended since then has changed
 * nothing.
 *
 * @public
 */
export function isSameActionKey(expected: string, current: string): boolean {
  const [state, operation] = current.split(SEPARATOR);
  return (
    expected === current ||
    (operation === DRY_RUN && expected.split(SEPARATOR)[0] === state)
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

import type { Application, ApplicationSource } from '../model/application';
import { isRunning } from '../promotion/operations';

/**
 * What an action on an application depends on, as one text: what Git wants, what
 * runs, the running operation, and the latest deployment. Two texts are the same if an
 * action that was decided on for one does the same to the other. Neither a
 * reconciliation changes it nor an operation that has ended and changed none of these,
 * such as a dry run. The API sends a hash of it, the `actionKey`.
 *
 * @public
 */
export function actionFactsOf(application: Application): string {
  const { ref, operation, history, sync, destination } = application;
  return JSON.stringify([
    [ref.instance, ref.namespace, ref.name, application.uid],
    application.project,
    application.deletedAt !== undefined,
    [destination.server, destination.name, destination.namespace],
    application.sources.map(factsOfSource),
    application.drySource && factsOfSource(application.drySource),
    application.automatedSync,
    sync.revisions,
    application.dryRevision,
    [...application.images].sort(),
    operation && isRunning(operation) ? operation.startedAt : null,
    history.at(-1)?.id,
  ]);
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

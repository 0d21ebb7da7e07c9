import type { LoggerService } from '@backstage/backend-plugin-api';
import type { VersionChangePreview } from '@landfall/backstage-plugin-delivery-common';
import type { PromotedChange, PromotionPlan } from './Promoter';

const STATES: Record<string, string> = {
  waiting: 'waits for approval',
  succeeded: 'needs no change: Git has it already',
  preview: 'would be changed',
  refused: 'would be refused',
};

/** What became of an application, in one line. */
export function describeChange({
  environment,
  name,
  from,
  version,
  state,
  exists,
  requestUrl,
  commitUrl,
}: PromotedChange): string {
  const page = requestUrl ?? commitUrl;
  const became =
    STATES[state] ?? (requestUrl ? 'has a request open' : `is ${state}`);
  return [
    `${name} in ${environment}, ${from ? `${from} → ` : ''}${version}:`,
    exists ? `${became} since before` : became,
    ...(page ? [`(${page})`] : []),
  ].join(' ');
}

/**
 * Logs what a promotion would do, with the lines of the files, and what stands in
 * its way.
 *
 * @returns the changes, as the outputs of a dry run
 */
export function logPreview(
  plan: PromotionPlan,
  { changes, items }: VersionChangePreview,
  logger: LoggerService,
): PromotedChange[] {
  for (const { repositoryUrl, branch, title, files, via } of changes) {
    logger.info(
      `Dry run: would ${
        via === 'request' ? 'open a request into' : 'commit to'
      } ${branch} of ${repositoryUrl}: ${title}\n${files
        .map(({ path, diff }) => `${path}\n${diff}`)
        .join('\n')}`,
    );
  }
  const previewed = plan.items.map(
    ({ environment, item }, index): PromotedChange => {
      const { name, namespace, instance } = item.application;
      const { from, notes = [], refusal } = items[index] ?? {};
      for (const { message } of notes) {
        logger.info(`${name} in ${environment}: ${message}`);
      }
      if (refusal && stateOf(refusal) === 'refused') {
        logger.warn(
          `${name} in ${environment} would be refused: ${refusal.message}${
            refusal.advice ? `. ${refusal.advice}` : ''
          }`,
        );
      }
      return {
        environment,
        name,
        namespace,
        instance,
        repository: item.repository,
        ...(from && { from }),
        version: item.tag,
        state: stateOf(refusal),
        exists: false,
      };
    },
  );
  return [...plan.underway, ...previewed];
}

/** What the preview leaves out as done, the promotion itself finds done, too. */
function stateOf(refusal: { code: string } | undefined): string {
  if (!refusal) {
    return 'preview';
  }
  return refusal.code === 'change.same' ? 'succeeded' : 'refused';
}

import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  deliveryToolsReadPermission,
  displayVersion,
  latestStage,
  type PromotionItem,
  repositoryPath,
} from '@landfall/backstage-plugin-delivery-common';
import type { DeliveryService } from '@landfall/backstage-plugin-delivery-node';
import { z } from 'zod/v3';
import { readEntityRef } from './input';
import {
  applicationOutput,
  entityInput,
  environmentInput,
  reasonOutput,
  repositoryInput,
  summaryOutput,
  versionOutput,
  waitingOutput,
} from './schemas';
import {
  aboutApplication,
  sentence,
  statement,
  toReason,
  toWaiting,
  waitingStatement,
} from './sentences';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

const input = z.object({
  entity: entityInput,
  environment: environmentInput,
  repository: repositoryInput.optional(),
  outcome: z
    .enum(['open', 'live', 'failed', 'superseded', 'rolled-back', 'abandoned'])
    .optional()
    .describe(
      'Only those that ended like this; `open` for those that are under way.',
    ),
  limit: z
    .number()
    .int()
    .min(1)
    .max(MAX_LIMIT)
    .optional()
    .describe(`How many are listed at most; default ${DEFAULT_LIMIT}.`),
  cursor: z
    .string()
    .min(1)
    .max(8192)
    .optional()
    .describe('`nextCursor` of the answer before, to go on from there.'),
});

const timeOutput = z
  .object({
    at: z.string().describe('ISO 8601, UTC.'),
    basis: z
      .enum(['reported', 'observed'])
      .describe(
        '`reported`: by the system where it happened; `observed`: when Landfall first saw it.',
      ),
  })
  .optional();

const output = z.object({
  summary: summaryOutput,
  promotions: z.array(
    z.object({
      id: z.string(),
      application: applicationOutput,
      environment: z.string(),
      repository: z.string(),
      version: versionOutput,
      previous: versionOutput.optional().describe('What ran before.'),
      stages: z
        .object({
          pushed: timeOutput,
          proposed: timeOutput,
          committed: timeOutput,
          synced: timeOutput,
          healthy: timeOutput,
        })
        .describe('When it reached each stage; absent: not yet, or not known.'),
      outcome: z
        .enum([
          'open',
          'live',
          'failed',
          'superseded',
          'rolled-back',
          'abandoned',
        ])
        .describe('How it ended; `open`: it is under way.'),
      outcomeAt: z.string().optional().describe('ISO 8601, UTC.'),
      reason: reasonOutput.optional().describe('Why it ended like that.'),
      waiting: waitingOutput.optional(),
      commit: z
        .object({
          repoUrl: z.string(),
          revision: z.string(),
          exact: z
            .boolean()
            .describe('False: the revision only contains the change.'),
          author: z.string().optional(),
          message: z.string().optional(),
          url: z.string().optional(),
        })
        .optional()
        .describe('The commit of the configuration that brought it.'),
    }),
  ),
  nextCursor: z
    .string()
    .optional()
    .describe('There are more; pass it as `cursor`.'),
});

type Listed = z.infer<typeof output>['promotions'][number];

/** @internal */
export function registerListPromotions(
  registry: ActionsRegistryService,
  service: DeliveryService,
): void {
  registry.register({
    name: 'list-promotions',
    title: 'List promotions',
    description: `The versions of a catalog entity's images on their way into its applications, and those that arrived, failed or were rolled back; newest first, with the time of each stage (pushed, proposed, committed, synced, healthy), the commit, and what it waits for.

Examples: {"entity": "component:default/api", "outcome": "open"} – what is under way. {"entity": "api", "environment": "prod", "limit": 5} – the last five in production. {"entity": "api", "outcome": "rolled-back"} – what was rolled back.`,
    schema: { input: () => input, output: () => output },
    attributes: { readOnly: true, destructive: false, idempotent: true },
    visibilityPermission: deliveryToolsReadPermission,
    examples: [
      {
        title: 'What is under way into production',
        input: { entity: 'api', environment: 'prod', outcome: 'open' },
      },
    ],
    action: async ({ input: asked, credentials }) => {
      const { entity, limit = DEFAULT_LIMIT, ...filter } = asked;
      const { items, nextCursor, truncated } = await service.getPromotions(
        readEntityRef(entity),
        { ...filter, limit },
        { credentials },
      );
      return {
        output: {
          summary: [
            ...(items.length === 0
              ? [sentence({ code: 'answer.no-promotions', parameters: {} })]
              : items.map(describe)),
            ...(truncated ? [truncated.advice.message] : []),
          ],
          promotions: items.map(toListed),
          ...(nextCursor && { nextCursor }),
        },
      };
    },
  });
}

function toListed(item: PromotionItem): Listed {
  const { id, application, environment, repository, version, stages } = item;
  const { previous, outcome, outcomeAt, reason, waiting, commit, links } = item;
  return {
    id,
    application,
    environment,
    repository,
    version,
    ...(previous && { previous }),
    stages,
    outcome: outcome ?? 'open',
    ...(outcomeAt && { outcomeAt: outcomeAt.at }),
    ...(reason && { reason: toReason(reason) }),
    ...(waiting && { waiting: toWaiting(waiting) }),
    ...(commit && {
      commit: {
        repoUrl: commit.repoUrl,
        revision: commit.revision,
        exact: commit.exact,
        ...(commit.author && { author: commit.author }),
        ...(commit.message && { message: commit.message }),
        ...(links.commit && { url: links.commit }),
      },
    }),
  };
}

function describe(item: PromotionItem): string {
  const { application, environment, outcome, waiting, reason } = item;
  const named = {
    version: displayVersion(item.version),
    repository: repositoryPath(item.repository),
  };
  const stage = latestStage(item.stages);
  return aboutApplication(application, environment, [
    outcome
      ? statement({ code: 'answer.ended', parameters: { ...named, outcome } })
      : statement({
          code: 'answer.under-way',
          parameters: { ...named, stage },
        }),
    ...(reason ? [reason] : []),
    ...(waiting ? [waitingStatement(waiting)] : []),
  ]);
}

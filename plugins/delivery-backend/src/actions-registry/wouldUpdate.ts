import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  type AnyMessage,
  type ApplicationFindings,
  deliveryToolsReadPermission,
  lintPlaceText,
  repositoryPath,
  type WouldUpdateApplication,
  type WouldUpdateResponse,
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
  tagInput,
  versionOutput,
} from './schemas';
import {
  aboutApplication,
  sentence,
  statement,
  textStatement,
  toReason,
} from './sentences';

const input = z.object({
  entity: entityInput,
  tag: tagInput
    .optional()
    .describe(
      'Also judge this tag. If the registry doesn’t have it, as if it were pushed now.',
    ),
  repository: repositoryInput.optional(),
  environment: environmentInput,
});

const output = z.object({
  summary: summaryOutput,
  applications: z
    .array(
      z.object({
        application: applicationOutput,
        environment: z.string(),
        repository: z.string(),
        running: z.array(versionOutput).describe('What live pods run.'),
        state: z
          .enum(['managed', 'unusable', 'not-enabled', 'unmanaged'])
          .describe(
            'Whether Image Updater manages this image: `unusable`: its settings can’t be used; `not-enabled`: annotations ask for it, but no ImageUpdater resource enables them; `unmanaged`: nothing asks for it.',
          ),
        updater: z
          .object({ namespace: z.string(), name: z.string() })
          .optional()
          .describe('The ImageUpdater resource.'),
        next: z
          .object({
            outcome: z
              .string()
              .describe(
                '`update`, `up-to-date`, `not-live`, `unpredictable`, `none`, `unusable` or `chosen`.',
              ),
            version: versionOutput.optional(),
            downgrade: z.boolean().optional(),
            reason: reasonOutput,
          })
          .optional()
          .describe(
            'What Image Updater sets next, given the known tags and the one asked about.',
          ),
        tag: z
          .object({
            tag: z.string(),
            known: z.boolean().describe('The registry has it.'),
            accepted: z
              .boolean()
              .describe(
                'The policy takes it, unless another version comes after it.',
              ),
            isNext: z.boolean().describe('It is the version that is chosen.'),
            code: z.string(),
            reason: reasonOutput,
          })
          .optional()
          .describe('What becomes of the tag asked about.'),
        others: z
          .array(
            z.object({
              tag: z.string(),
              code: z.string(),
              reason: reasonOutput,
            }),
          )
          .describe('Why not the others: the last 20 that were pushed.'),
        othersTotal: z.number(),
        problems: z
          .array(
            z.object({
              code: z.string(),
              message: z.string(),
              advice: z.string(),
            }),
          )
          .describe('What is wrong with the settings, and what to do.'),
      }),
    )
    .describe('One for each image repository of an application.'),
  findings: z
    .array(
      z.object({
        application: applicationOutput,
        environment: z.string(),
        code: z.string(),
        severity: z.string(),
        setting: z.string().describe('Where it is written.'),
        effect: z.string().describe('What it does now.'),
        fix: z.string().describe('What to do.'),
      }),
    )
    .describe(
      'Settings that Image Updater ignores or misreads, or that do harm.',
    ),
});

type Output = z.infer<typeof output>;

/** @internal */
export function registerWouldUpdate(
  registry: ActionsRegistryService,
  service: DeliveryService,
): void {
  registry.register({
    name: 'would-update',
    title: 'What would Image Updater do',
    description: `What Argo CD Image Updater would do with the images of a catalog entity's applications: the version that it chooses next, why none of the others, and which of its settings are ignored, misread or harmful. With \`tag\`, what it would do with that tag, even before it is pushed. Nothing is changed, and the registry isn't asked: the tags are those of Landfall's last read.

Examples: {"entity": "component:default/api"} – what it does with the present tags. {"entity": "api", "tag": "1.5.0-rc.1", "environment": "prod"} – whether production would take this tag, and why.`,
    schema: { input: () => input, output: () => output },
    attributes: { readOnly: true, destructive: false, idempotent: true },
    visibilityPermission: deliveryToolsReadPermission,
    examples: [
      {
        title: 'Whether production would take a tag',
        input: { entity: 'api', tag: '1.5.0-rc.1', environment: 'prod' },
      },
    ],
    action: async ({ input: asked, credentials }) => {
      const { entity, ...request } = asked;
      const answer = await service.getWouldUpdate(
        readEntityRef(entity),
        request,
        { credentials },
      );
      return {
        output: {
          summary: summarize(answer, asked),
          applications: answer.applications.map(toListed),
          findings: answer.findings.flatMap(toFindings),
        },
      };
    },
  });
}

function summarize(
  { applications, findings, repositories, truncated }: WouldUpdateResponse,
  { entity, repository }: z.infer<typeof input>,
): string[] {
  const isUnknown =
    repository !== undefined && !repositories.includes(repository);
  return [
    ...(isUnknown
      ? [
          sentence({
            code: 'answer.repository-unknown',
            parameters: { repository, repositories: repositories.join(', ') },
          }),
        ]
      : []),
    ...(applications.length === 0 && !isUnknown
      ? [sentence({ code: 'answer.no-applications', parameters: { entity } })]
      : []),
    ...applications.map(one =>
      aboutApplication(one.application, one.environment, statementsOn(one)),
    ),
    ...findings.flatMap(({ application, environment, findings: all }) =>
      all.map(({ place, effect, fix }) =>
        aboutApplication(application, environment, [
          {
            code: 'answer.finding',
            parameters: { setting: lintPlaceText(place), effect, fix },
          },
        ]),
      ),
    ),
    ...(truncated ? [truncated.advice.message] : []),
  ];
}

/** @internal */
export function statementsOn(
  application: WouldUpdateApplication,
): AnyMessage[] {
  const { state, next, verdict, problems, repository } = application;
  const isManaged = state === 'managed';
  return [
    ...(isManaged
      ? []
      : [
          statement({
            code: 'answer.not-managed',
            parameters: { repository: repositoryPath(repository) },
          }),
        ]),
    ...problems.map(({ message }) => textStatement(message)),
    ...problems.map(({ advice }) => advice),
    ...(next
      ? [
          isManaged
            ? next.reason
            : {
                code: 'answer.if-enabled',
                parameters: { selection: next.reason },
              },
        ]
      : []),
    ...(verdict
      ? [
          {
            code: verdict.known ? 'answer.tag-known' : 'answer.tag-unknown',
            parameters: { tag: verdict.tag, verdict: verdict.reason },
          },
        ]
      : []),
  ];
}

function toListed(one: WouldUpdateApplication): Output['applications'][number] {
  const { application, environment, repository, running, state, updater } = one;
  const { next, verdict, others, othersTotal, problems } = one;
  return {
    application,
    environment,
    repository,
    running,
    state,
    ...(updater && { updater }),
    ...(next && { next: { ...next, reason: toReason(next.reason) } }),
    ...(verdict && { tag: { ...verdict, reason: toReason(verdict.reason) } }),
    others: others.map(({ tag, code, reason }) => ({
      tag,
      code,
      reason: toReason(reason),
    })),
    othersTotal,
    problems: problems.map(({ code, message, advice }) => ({
      code,
      message,
      advice: advice.message,
    })),
  };
}

function toFindings({
  application,
  environment,
  findings,
}: ApplicationFindings): Output['findings'] {
  return findings.map(({ code, severity, place, effect, fix }) => ({
    application,
    environment,
    code,
    severity,
    setting: lintPlaceText(place),
    effect: effect.message,
    fix: fix.message,
  }));
}

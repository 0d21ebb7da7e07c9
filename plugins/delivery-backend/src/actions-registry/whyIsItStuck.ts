import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  type ApplicationRef,
  type AttentionItem,
  deliveryToolsReadPermission,
  type Deployment,
  type DescribedStuckReason,
  displayVersion,
  latestStage,
  type OverviewResponse,
  repositoryPath,
  type WouldUpdateApplication,
} from '@landfall/backstage-plugin-delivery-common';
import type { DeliveryService } from '@landfall/backstage-plugin-delivery-node';
import { z } from 'zod/v3';
import { describeDeployment, runsTag } from './deployments';
import { type PlacedDeployment, placedDeployments } from './findDeployments';
import { readEntityRef } from './input';
import {
  applicationOutput,
  entityInput,
  environmentInput,
  reasonOutput,
  summaryOutput,
  tagInput,
  versionOutput,
  waitingOutput,
} from './schemas';
import {
  aboutApplication,
  problemSentence,
  sentence,
  staleSentences,
  statement,
  toReason,
  toWaiting,
  waitingStatement,
} from './sentences';
import { statementsOn } from './wouldUpdate';

const input = z.object({
  entity: entityInput,
  environment: environmentInput,
  tag: tagInput
    .optional()
    .describe(
      'Why this version isn’t there. Where it isn’t under way, the answer says what Image Updater makes of it.',
    ),
});

const output = z.object({
  summary: summaryOutput,
  waiting: z
    .array(
      z.object({
        application: applicationOutput,
        environment: z.string(),
        repository: z.string(),
        version: versionOutput,
        stage: z
          .string()
          .describe(
            'The last stage that it reached: pushed, proposed, committed, synced or healthy.',
          ),
        failed: z.boolean().describe('It failed, and may still recover.'),
        waiting: waitingOutput,
        request: z
          .string()
          .optional()
          .describe('URL of the pull or merge request that it waits for.'),
        argocd: z
          .string()
          .optional()
          .describe('URL of the application in Argo CD.'),
      }),
    )
    .describe('The versions that are under way or failed, and why.'),
  attention: z
    .array(
      z.object({
        kind: z
          .string()
          .describe(
            '`instance-unreachable`, `sync-failed`, `degraded`, `missing`, `waiting`, `annotations`, `repositories` or `settings`.',
          ),
        environment: z.string().optional(),
        application: applicationOutput.optional(),
        instance: z.string().optional().describe('An Argo CD instance.'),
        reason: reasonOutput.optional(),
      }),
    )
    .describe('What else needs a person, the most urgent first.'),
});

type Output = z.infer<typeof output>;

/** @internal */
export function registerWhyIsItStuck(
  registry: ActionsRegistryService,
  service: DeliveryService,
): void {
  registry.register({
    name: 'why-is-it-stuck',
    title: 'Why is it stuck',
    description: `Why a version of a catalog entity isn't live yet: what each version that is under way or failed waits for, since when, and what to do; and what else is wrong with the entity's applications. With \`tag\`, why that version isn't there, also where it is not even under way, such as because the update policy passes over it.

Examples: {"entity": "component:default/api"} – everything that waits. {"entity": "api", "environment": "prod", "tag": "1.4.3"} – why production doesn't run 1.4.3.`,
    schema: { input: () => input, output: () => output },
    attributes: { readOnly: true, destructive: false, idempotent: true },
    visibilityPermission: deliveryToolsReadPermission,
    examples: [
      {
        title: 'Why production doesn’t run a version',
        input: { entity: 'api', environment: 'prod', tag: '1.4.3' },
      },
    ],
    action: async ({ input: asked, credentials }) => {
      const { entity, environment, tag } = asked;
      const ref = readEntityRef(entity);
      const overview = await service.getOverview(ref, { credentials });
      const deployments = placedDeployments(overview.deployments, environment);
      const waiting = deployments
        .flatMap(toWaitingVersion)
        .filter(({ version }) => !tag || version.tag === tag);
      const attention = overview.attention.filter(
        item =>
          !environment || [undefined, environment].includes(item.environment),
      );
      const covered = new Set(
        [
          ...waiting.map(({ application }) => application),
          ...deployments.flatMap(({ deployment }) =>
            tag && runsOrIsUnderWay(deployment, tag)
              ? [deployment.application]
              : [],
          ),
        ].map(keyOf),
      );
      const notUnderWay = tag
        ? (
            await service.getWouldUpdate(
              ref,
              { tag, environment },
              { credentials },
            )
          ).applications.filter(
            ({ application }) => !covered.has(keyOf(application)),
          )
        : [];
      return {
        output: {
          summary: summarize(
            { asked, deployments, waiting, attention, notUnderWay },
            overview,
          ),
          waiting: waiting.map(({ reason, ...others }) => ({
            ...others,
            waiting: toWaiting(reason),
          })),
          attention: attention.map(toAttention),
        },
      };
    },
  });
}

type WaitingVersion = Omit<Output['waiting'][number], 'waiting'> & {
  reason: DescribedStuckReason;
};

function toWaitingVersion({
  environment,
  deployment,
}: PlacedDeployment): WaitingVersion[] {
  const { application, promotion, waiting, links } = deployment;
  if (!promotion || !waiting) {
    return [];
  }
  const { repository, version, stages, outcome, proposal, commit } = promotion;
  const request = proposal?.request ?? commit?.request;
  return [
    {
      application,
      environment,
      repository,
      version,
      stage: latestStage(stages),
      failed: outcome === 'failed',
      reason: waiting,
      ...(request && { request: request.url }),
      ...(links.argocd && { argocd: links.argocd }),
    },
  ];
}

function runsOrIsUnderWay(deployment: Deployment, tag: string): boolean {
  return deployment.promotion?.version.tag === tag || runsTag(deployment, tag);
}

function keyOf({ instance, namespace, name }: ApplicationRef): string {
  return JSON.stringify([instance, namespace, name]);
}

function summarize(
  {
    asked,
    deployments,
    waiting,
    attention,
    notUnderWay,
  }: {
    asked: z.infer<typeof input>;
    deployments: PlacedDeployment[];
    waiting: WaitingVersion[];
    attention: AttentionItem[];
    notUnderWay: WouldUpdateApplication[];
  },
  overview: OverviewResponse,
): string[] {
  const { entity, tag } = asked;
  if (deployments.length === 0) {
    return [
      sentence({ code: 'answer.no-applications', parameters: { entity } }),
      ...overview.deployments.problems.map(problemSentence),
    ];
  }
  const running = deployments.filter(
    ({ deployment }) => tag && runsTag(deployment, tag),
  );
  return [
    ...waiting.map(version =>
      aboutApplication(version.application, version.environment, [
        statement({
          code: 'answer.under-way',
          parameters: {
            version: displayVersion(version.version),
            repository: repositoryPath(version.repository),
            stage: version.stage,
          },
        }),
        waitingStatement(version.reason),
      ]),
    ),
    ...running.map(({ deployment, environment }) =>
      describeDeployment(deployment, environment),
    ),
    ...notUnderWay.map(one =>
      aboutApplication(one.application, one.environment, statementsOn(one)),
    ),
    ...(waiting.length === 0 && !tag
      ? [sentence({ code: 'answer.nothing-waits', parameters: {} })]
      : []),
    ...attention
      .filter(({ kind }) => kind !== 'waiting')
      .flatMap(({ application, environment, reason }) =>
        reason && application && environment
          ? [aboutApplication(application, environment, [reason])]
          : [],
      ),
    ...staleSentences(overview.deployments.instances),
  ];
}

function toAttention({
  kind,
  environment,
  application,
  instance,
  reason,
}: AttentionItem): Output['attention'][number] {
  return {
    kind,
    ...(environment && { environment }),
    ...(application && { application }),
    ...(instance && { instance }),
    ...(reason && { reason: toReason(reason) }),
  };
}

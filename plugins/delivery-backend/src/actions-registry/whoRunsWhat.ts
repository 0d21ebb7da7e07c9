import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  deliveryToolsReadPermission,
  type Deployment,
  type ImageUsersRequest,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  DeliveryService,
  DeliveryServiceOptions,
} from '@landfall/backstage-plugin-delivery-node';
import { z } from 'zod/v3';
import { describeDeployment, runsStatement, runsTag } from './deployments';
import { placedDeployments } from './findDeployments';
import { readEntityRef } from './input';
import {
  applicationOutput,
  entityInput,
  environmentInput,
  repositoryInput,
  summaryOutput,
  tagInput,
  versionOutput,
  waitingOutput,
} from './schemas';
import {
  aboutApplication,
  moreSentences,
  problemSentence,
  sentence,
  staleSentences,
  toWaiting,
} from './sentences';

/** More would fill the context of a model with little that matters. */
const MAX_APPLICATIONS = 100;

const input = z.object({
  entity: entityInput.optional(),
  image: repositoryInput
    .optional()
    .describe(
      'Instead of an entity: image repository without a tag, such as `registry.example.com/shop/api`, or `shop/api` in whatever registry.',
    ),
  tag: tagInput
    .optional()
    .describe('Only applications that run this tag, such as `1.4.3`.'),
  environment: environmentInput,
  limit: z
    .number()
    .int()
    .min(1)
    .max(MAX_APPLICATIONS)
    .optional()
    .describe('How many applications are listed at most; default 50.'),
});

const output = z.object({
  summary: summaryOutput,
  total: z.number().describe('How many applications match.'),
  applications: z.array(
    z.object({
      entities: z
        .array(z.string())
        .describe('Refs of the catalog entities that it belongs to.'),
      application: applicationOutput,
      environment: z.string(),
      health: z.string().describe("Argo CD's health, such as `Healthy`."),
      sync: z.string().describe("Argo CD's sync status, such as `Synced`."),
      images: z.array(
        z.object({
          repository: z.string(),
          running: z
            .array(versionOutput)
            .describe(
              'What live pods run: two during a rollout, the old one first; empty if no pod runs.',
            ),
          desired: versionOutput
            .optional()
            .describe('What Git wants, if something else runs.'),
        }),
      ),
      deployedAt: z
        .string()
        .optional()
        .describe('When the version that runs got there; ISO 8601.'),
      underWay: z
        .object({
          version: versionOutput,
          repository: z.string(),
          waiting: waitingOutput.optional(),
        })
        .optional()
        .describe('The version on its way, or that failed.'),
    }),
  ),
  unreachable: z
    .array(z.string())
    .describe(
      'Argo CD instances that can’t be reached; what is said of them is as it was last seen.',
    ),
});

type Input = z.infer<typeof input>;
type Output = z.infer<typeof output>;
type Listed = Output['applications'][number];

/** @internal */
export function registerWhoRunsWhat(
  registry: ActionsRegistryService,
  service: DeliveryService,
): void {
  registry.register({
    name: 'who-runs-what',
    title: 'Who runs what',
    description: `Which version of which image runs where: for all applications of a catalog entity (\`entity\`), or across everything that you may see for an image repository (\`image\`), with or without a \`tag\`. What runs comes from live pods, not from Git. Give either \`entity\` or \`image\`.

Examples: {"entity": "component:default/api"} – every environment of the service. {"entity": "api", "environment": "prod"} – only production. {"image": "shop/base", "tag": "2.0.1"} – every application that runs this version, such as one with a vulnerability.`,
    schema: { input: () => input, output: () => output },
    attributes: { readOnly: true, destructive: false, idempotent: true },
    visibilityPermission: deliveryToolsReadPermission,
    examples: [
      {
        title: 'Every environment of a service',
        input: { entity: 'component:default/api' },
      },
      {
        title: 'Every application that runs a version',
        input: { image: 'registry.example.com/shop/api', tag: '1.4.3' },
      },
    ],
    action: async ({ input: asked, credentials }) => {
      const { entity, image } = asked;
      if ((entity === undefined) === (image === undefined)) {
        throw new InputError(
          "Give either 'entity', for what a service runs, or 'image', for who runs an image",
        );
      }
      return {
        output:
          image === undefined
            ? await ofEntity(service, entity ?? '', asked, { credentials })
            : await ofImage(service, image, asked, { credentials }),
      };
    },
  });
}

async function ofEntity(
  service: DeliveryService,
  entity: string,
  { tag, environment, limit = 50 }: Input,
  options: DeliveryServiceOptions,
): Promise<Output> {
  const ref = readEntityRef(entity);
  const answer = await service.getDeployments(ref, options);
  const { instances, problems, truncated } = answer;
  const found = placedDeployments(answer, environment).filter(
    ({ deployment }) => !tag || runsTag(deployment, tag),
  );
  const listed = found.slice(0, limit);
  return {
    summary: [
      ...(found.length === 0
        ? [
            tag
              ? sentence({
                  code: 'answer.nobody-runs',
                  parameters: { image: `${entity} ${tag}` },
                })
              : sentence({
                  code: 'answer.no-applications',
                  parameters: { entity },
                }),
          ]
        : []),
      ...listed.map(one => describeDeployment(one.deployment, one.environment)),
      ...moreSentences(found.length - listed.length),
      ...(truncated ? [truncated.advice.message] : []),
      ...staleSentences(instances),
      ...problems.map(problemSentence),
    ],
    total: found.length,
    applications: listed.map(one => ({
      entities: [stringifyEntityRef(ref)],
      ...toListed(one.deployment, one.environment),
    })),
    unreachable: instances.flatMap(({ name, state }) =>
      state === 'unreachable' ? [name] : [],
    ),
  };
}

async function ofImage(
  service: DeliveryService,
  repository: string,
  { tag, environment, limit = 50 }: Input,
  options: DeliveryServiceOptions,
): Promise<Output> {
  const request: ImageUsersRequest = { repository, tag, environment, limit };
  const { items, total, unreachable } = await service.getImageUsers(
    request,
    options,
  );
  return {
    summary: [
      ...(items.length === 0
        ? [
            sentence({
              code: 'answer.nobody-runs',
              parameters: { image: tag ? `${repository}:${tag}` : repository },
            }),
          ]
        : []),
      ...items.map(user =>
        aboutApplication(user.application, user.environment, [
          runsStatement(user),
        ]),
      ),
      ...moreSentences(total - items.length),
      ...staleSentences(
        unreachable.map(name => ({ name, state: 'unreachable' })),
      ),
    ],
    total,
    applications: items.map(user => ({
      entities: user.entityRefs,
      application: user.application,
      environment: user.environment,
      health: user.health,
      sync: user.sync,
      images: [{ repository: user.repository, running: user.running }],
      ...(user.deployedAt && { deployedAt: user.deployedAt }),
    })),
    unreachable,
  };
}

function toListed(
  deployment: Deployment,
  environment: string,
): Omit<Listed, 'entities'> {
  const { application, health, sync, images, deployedAt, promotion, waiting } =
    deployment;
  return {
    application,
    environment,
    health: health.status,
    sync: sync.status,
    images: images.map(({ repository, running, desired }) => ({
      repository,
      running,
      ...(desired && { desired }),
    })),
    ...(deployedAt && { deployedAt }),
    ...(promotion && {
      underWay: {
        version: promotion.version,
        repository: promotion.repository,
        ...(waiting && { waiting: toWaiting(waiting) }),
      },
    }),
  };
}

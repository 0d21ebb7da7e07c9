import { parseEntityRef } from '@backstage/catalog-model';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { DeliveryService } from '@landfall/backstage-plugin-delivery-node';
import { normalizeEntityRef } from '../access';
import { askDelivery, readVersions } from '../delivery';
import { examples } from './versionRead.examples';

/**
 * The action `delivery:version:read`: reads which versions of an entity run where.
 * It asks the delivery plugin on behalf of the initiator, so it returns what the
 * initiator may see, also in a dry run.
 *
 * @public
 */
export function createVersionReadAction(options: {
  service: Pick<DeliveryService, 'getDeployments' | 'getWouldUpdate'>;
}) {
  const { service } = options;
  return createTemplateAction({
    id: 'delivery:version:read',
    description:
      'Reads which versions of an entity run in its environments, as far as the initiator may see them',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z =>
          z
            .string()
            .describe('The catalog entity, such as component:default/api'),
        environment: z =>
          z.string().min(1).optional().describe('Only in this environment'),
        application: z =>
          z
            .string()
            .min(1)
            .optional()
            .describe('Only of the Argo CD Application of this name'),
        repository: z =>
          z
            .string()
            .min(1)
            .optional()
            .describe(
              'Only of this image repository, with registry host and without tag',
            ),
      },
      output: {
        versions: z =>
          z
            .array(
              z.object({
                environment: z.string(),
                name: z.string().describe('Of the Application'),
                namespace: z.string().describe('Of the Application'),
                instance: z.string().describe('Name of the Argo CD'),
                repository: z.string().describe('Of the image, without tag'),
                version: z
                  .string()
                  .optional()
                  .describe('Tag of the newest version that live pods run'),
                digest: z.string().optional(),
                image: z
                  .string()
                  .optional()
                  .describe('Its reference; absent if no pod runs'),
                older: z
                  .array(z.string())
                  .describe(
                    'Images that live pods still run besides, as during a rollout',
                  ),
                revision: z
                  .string()
                  .optional()
                  .describe(
                    'What Argo CD compares the Application with, of its first source',
                  ),
                sync: z.string().describe('Such as Synced'),
                health: z.string().describe('Such as Healthy'),
                held: z
                  .boolean()
                  .describe(
                    'True: Image Updater is told to leave the version as it is',
                  ),
              }),
            )
            .describe(
              'One for each image of each Application, in the order of the environments; empty if the entity has no Application',
            ),
        version: z =>
          z
            .string()
            .optional()
            .describe('The tag, if all of versions run the same and no other'),
        image: z =>
          z
            .string()
            .optional()
            .describe(
              'The image, if all of versions run the same and no other',
            ),
      },
    },
    async handler(ctx) {
      const { entityRef: claimed, ...query } = ctx.input;
      const entityRef = normalizeEntityRef(claimed);
      const entity = parseEntityRef(entityRef);
      const credentials = await ctx.getInitiatorCredentials();
      const { deployments, updates } = await askDelivery(
        ctx.signal,
        async () => ({
          deployments: await service.getDeployments(entity, { credentials }),
          updates: await service.getWouldUpdate(
            entity,
            query.environment ? { environment: query.environment } : {},
            { credentials },
          ),
        }),
      );
      const { truncated, problems, instances } = deployments;
      for (const { message, advice } of problems) {
        ctx.logger.warn(`${message}. ${advice.message}`);
      }
      if (truncated) {
        ctx.logger.warn(
          `Only ${truncated.shown} of ${truncated.total} Applications are covered. ${truncated.advice.message}`,
        );
      }
      for (const { name, lastReceivedAt } of instances.filter(
        ({ state }) => state === 'unreachable',
      )) {
        ctx.logger.warn(
          `The Argo CD ${name} can't be reached. What is read of it is as of ${
            lastReceivedAt ?? 'an unknown time'
          }`,
        );
      }
      const versions = readVersions(deployments, updates, query);
      for (const { environment, name, image, repository, ...one } of versions) {
        ctx.logger.info(
          `${name} in ${environment} runs ${image ?? `no ${repository}`} (${
            one.sync
          }, ${one.health}${one.held ? ', held' : ''})`,
        );
      }
      if (versions.length === 0) {
        ctx.logger.info(`${entityRef} has no Application`);
      }
      ctx.output('versions', versions);
      const [first] = versions;
      const isOne =
        first?.image !== undefined &&
        versions.every(
          ({ image, older }) => image === first.image && older.length === 0,
        );
      if (isOne) {
        ctx.output('version', first.version);
        ctx.output('image', first.image);
      }
    },
  });
}

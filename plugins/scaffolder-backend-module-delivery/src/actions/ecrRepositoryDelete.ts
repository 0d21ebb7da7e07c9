import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { EcrClients } from '@landfall/backstage-plugin-delivery-node';
import { type EntityOwnership, normalizeEntityRef } from '../access';
import { checkpointKey } from '../checkpointKey';
import { RepositoryDeleter } from '../ecr';
import { examples } from './ecrRepositoryDelete.examples';

const ID = 'delivery:ecr:repository:delete';

/**
 * The action `delivery:ecr:repository:delete`: deletes an ECR repository that
 * carries the tag of the entity. One with images is deleted only if the input says
 * so. One that is gone already is no error.
 *
 * @public
 */
export function createEcrRepositoryDeleteAction(options: {
  clients: Pick<EcrClients, 'getClient'>;
  ownership: Pick<EntityOwnership, 'assertOwned'>;
}) {
  const { clients, ownership } = options;
  return createTemplateAction({
    id: ID,
    description:
      'Deletes an Amazon ECR repository of an entity; one with images only if told to',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z =>
          z
            .string()
            .min(2)
            .max(256)
            .describe('Name of the repository, such as shop/api'),
        entityRef: z =>
          z
            .string()
            .describe(
              'The entity that the repository belongs to by its tag landfall.io/entity-ref, such as component:default/api. If the catalog has the entity, the initiator must own it',
            ),
        region: z =>
          z
            .string()
            .optional()
            .describe('AWS region; default: the one of the AWS configuration'),
        accountId: z =>
          z
            .string()
            .regex(/^\d{12}$/, 'twelve digits')
            .optional()
            .describe(
              'AWS account, one of aws.accounts; default: the main account',
            ),
        deleteImages: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Default: false, and a repository with images is an error. True: its images are deleted too, even if they run or are needed for a rollback',
            ),
        checkOnly: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Default: false. True: only checks that the repository belongs to the entity',
            ),
      },
      output: {
        deleted: z =>
          z.boolean().describe('False: it was gone already, or with checkOnly'),
      },
    },
    async handler(ctx) {
      const { name, region, accountId, checkOnly } = ctx.input;
      const { deleteImages = false } = ctx.input;
      const entityRef = normalizeEntityRef(ctx.input.entityRef);
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Dry run: would delete the repository ${name} if it belongs to ${entityRef}${
            deleteImages ? ', with its images' : ' and is empty'
          }`,
        );
        ctx.output('deleted', false);
        return;
      }
      const client = await clients.getClient({ accountId, region });
      const request = { name, entityRef, deleteImages };
      if (checkOnly) {
        const exists = await new RepositoryDeleter(client, ctx.signal).check(
          request,
        );
        ctx.logger.info(
          exists
            ? `The repository ${name} belongs to ${entityRef}`
            : `There is no repository ${name}`,
        );
        ctx.output('deleted', false);
        return;
      }
      const deleted = await ctx.checkpoint({
        key: checkpointKey(ID, { accountId, region, ...request }),
        fn: async () => {
          // The ref is a claim, so it is checked together with the write.
          await ownership.assertOwned({
            credentials: await ctx.getInitiatorCredentials(),
            entityRef,
          });
          return new RepositoryDeleter(client, ctx.signal).delete(request);
        },
      });
      ctx.logger.info(
        deleted
          ? `Deleted the repository ${name}`
          : `There is no repository ${name}: nothing to delete`,
      );
      ctx.output('deleted', deleted);
    },
  });
}

import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { EcrClients } from '@landfall/backstage-plugin-delivery-node';
import type { EntityOwnership } from '../access';
import { checkpointKey } from '../checkpointKey';
import {
  describeDifference,
  describeEnsured,
  dryRunAt,
  type Place,
  placesOf,
  RepositoryEnsurer,
  toSpec,
  withCreationTemplate,
} from '../ecr';
import type { z as zod } from 'zod/v3';
import { examples } from './ecrRepositoryEnsure.examples';

const ID = 'delivery:ecr:repository:ensure';

/**
 * ECR's rule for names, from the API reference of CreateRepository.
 */
const REPOSITORY_NAME =
  /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

/**
 * A setting of an existing repository that differs from the input. A type, not an
 * interface, because outputs of actions have to be JSON.
 *
 * @public
 */
export type RepositorySettingDifference = {
  setting: string;
  /** For people. The contents of policies are not shown. */
  current: string;
  wanted: string;
};

/**
 * The action `delivery:ecr:repository:ensure`: creates an ECR repository, or
 * compares an existing one with the input. `converge` aside, it changes settings
 * of an existing one only if that carries the tag of the same entity. It never
 * deletes or recreates one.
 *
 * @public
 */
export function createEcrRepositoryEnsureAction(options: {
  clients: Pick<EcrClients, 'getClient'>;
  ownership: Pick<EntityOwnership, 'assertOwned'>;
}) {
  const { clients, ownership } = options;
  return createTemplateAction({
    id: ID,
    description:
      'Creates an Amazon ECR repository, or updates an existing one of the same entity',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z =>
          z
            .string()
            .min(2)
            .max(256)
            .regex(
              REPOSITORY_NAME,
              'lower-case letters, digits and single . _ - between them, in parts separated by /',
            )
            .describe('Name of the repository, such as shop/api'),
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
        replicas: z =>
          z
            .array(
              z.object({
                region: z.string().min(1),
                accountId: z
                  .string()
                  .regex(/^\d{12}$/, 'twelve digits')
                  .optional(),
              }),
            )
            .optional()
            .describe(
              "Further regions to have the repository in, with the same settings; accountId: default as above. It is the registry's replication that copies images there, and this changes nothing of it",
            ),
        entityRef: z =>
          z
            .string()
            .optional()
            .describe(
              'The entity that the repository belongs to, such as component:default/api. A new repository gets it as the tag landfall.io/entity-ref; an existing one is changed only if it has the same tag. If the catalog has the entity, the initiator must own it',
            ),
        converge: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Default: false. True: settings of an existing repository without the tag are changed too (but not its lifecycle policy), and policies of one with the tag are replaced',
            ),
        creationTemplate: z =>
          z
            .boolean()
            .optional()
            .describe(
              "Default: false. True: settings that the input leaves open are those of the registry's creation template with the longest fitting prefix, which ECR doesn't apply here by itself",
            ),
        imageTagMutability: z =>
          z
            .enum(['IMMUTABLE', 'MUTABLE'])
            .optional()
            .describe(
              'Default: IMMUTABLE, so that a tag always refers to one image',
            ),
        scanOnPush: z => z.boolean().optional().describe('Default: true'),
        expireUntaggedAfterDays: z =>
          z
            .number()
            .int()
            .min(0)
            .optional()
            .describe(
              'After how many days the lifecycle policy of a new repository deletes untagged images; default 14. 0: never',
            ),
        keepTaggedImages: z =>
          z
            .number()
            .int()
            .min(1)
            .optional()
            .describe(
              'How many tagged images the lifecycle policy keeps, even if others run or are needed for a rollback. Default: all of them',
            ),
        lifecyclePolicy: z =>
          z
            .record(z.any())
            .optional()
            .describe(
              'A complete lifecycle policy, instead of expireUntaggedAfterDays and keepTaggedImages',
            ),
        repositoryPolicy: z =>
          z
            .record(z.any())
            .optional()
            .describe('Repository policy, such as pull rights for an account'),
        pullAccountIds: z =>
          z
            .array(z.string().regex(/^\d{12}$/, 'twelve digits'))
            .min(1)
            .optional()
            .describe(
              'AWS accounts whose clusters may pull the images, instead of repositoryPolicy',
            ),
        encryption: z =>
          z
            .object({
              type: z.enum(['AES256', 'KMS', 'KMS_DSSE']),
              kmsKey: z.string().optional(),
            })
            .optional()
            .describe(
              "Default: AES256 for a new repository, any for an existing one. Can't be changed later",
            ),
        tags: z => z.record(z.string()).optional().describe('AWS tags to set'),
      },
      output: {
        repositoryUri: z =>
          z.string().describe('The repository in image references'),
        repositoryArn: z => z.string(),
        registryId: z => z.string().describe('The AWS account'),
        created: z => z.boolean().describe('False: the repository existed'),
        replicas: z =>
          z
            .record(
              z.object({ repositoryUri: z.string(), created: z.boolean() }),
            )
            .describe('The repositories of the input "replicas", by region'),
        changes: z =>
          z
            .array(z.string())
            .describe('What was changed on an existing repository'),
        differences: z => {
          // A named type: the order of an inferred one's fields changes between
          // builds, and with it the API report.
          const difference: zod.ZodType<RepositorySettingDifference> = z.object(
            {
              setting: z.string(),
              current: z.string(),
              wanted: z.string(),
            },
          );
          return z
            .array(difference)
            .describe(
              'Settings of an existing repository that differ from the input and were left unchanged',
            );
        },
      },
    },
    async handler(ctx) {
      const { name, converge, creationTemplate } = ctx.input;
      const [main, ...replicas] = placesOf(ctx.input);

      const ensureAt = async ({ accountId, region }: Place) => {
        const client = await clients.getClient({ accountId, region });
        const input = { ...ctx.input, region };
        const spec = toSpec(input);
        const { entityRef } = spec;
        if (ctx.isDryRun) {
          return dryRunAt(name, { accountId, region });
        }
        const result = await ctx.checkpoint({
          key: checkpointKey(ID, {
            accountId,
            region,
            converge,
            creationTemplate,
            ...spec,
          }),
          fn: async () => {
            if (entityRef) {
              // The ref is a claim, so it is checked together with the write.
              await ownership.assertOwned({
                credentials: await ctx.getInitiatorCredentials(),
                entityRef,
              });
            }
            const ensurer = new RepositoryEnsurer(client, ctx.signal);
            const wanted = creationTemplate
              ? toSpec(await withCreationTemplate(client, input, ctx.signal))
              : spec;
            const ensured = await ensurer.ensure(wanted, { converge });
            return {
              ...ensured,
              differences: ensured.differences.map(each => ({ ...each })),
            };
          },
        });
        for (const difference of result.differences) {
          ctx.logger.warn(describeDifference(name, difference));
        }
        return result;
      };

      if (replicas.length > 0 && !ctx.isDryRun) {
        // Nothing is created in one region if it is someone else's in another.
        for (const place of [main, ...replicas]) {
          const client = await clients.getClient(place);
          const spec = toSpec({ ...ctx.input, region: place.region });
          await new RepositoryEnsurer(client, ctx.signal).check(spec, {
            converge,
          });
        }
      }
      const done = await ensureAt(main);
      ctx.logger.info(
        ctx.isDryRun
          ? `Dry run: would create or update the repository ${name}`
          : describeEnsured(done),
      );
      const copies: Record<
        string,
        { repositoryUri: string; created: boolean }
      > = {};
      for (const replica of replicas) {
        const { uri, created, changes } = await ensureAt(replica);
        copies[replica.region] = { repositoryUri: uri, created };
        ctx.logger.info(
          `${
            ctx.isDryRun
              ? `Dry run: also ${uri}`
              : describeEnsured({ uri, created, changes })
          }. It gets images only where the registry replicates ${name} to ${
            replica.region
          }`,
        );
      }
      ctx.output('repositoryUri', done.uri);
      ctx.output('repositoryArn', done.arn);
      ctx.output('registryId', done.registryId);
      ctx.output('created', done.created);
      ctx.output('replicas', copies);
      ctx.output('changes', done.changes);
      ctx.output('differences', done.differences);
    },
  });
}

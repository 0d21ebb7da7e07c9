import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { EcrClients } from '@landfall/backstage-plugin-delivery-node';
import { RepositoryEnsurer, type RepositorySpec } from '../ecr';
import { examples } from './ecrRepositoryEnsure.examples';

/**
 * ECR's rule for names, from the API reference of CreateRepository.
 */
const REPOSITORY_NAME =
  /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

/**
 * The action `delivery:ecr:repository:ensure`: makes an ECR repository be as
 * described. It creates the repository, or converges the one that exists, and
 * never deletes or recreates one.
 *
 * @public
 */
export function createEcrRepositoryEnsureAction(options: {
  clients: EcrClients;
}) {
  return createTemplateAction({
    id: 'delivery:ecr:repository:ensure',
    description:
      'Creates an Amazon ECR repository, or converges the one that exists',
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
        imageTagMutability: z =>
          z
            .enum(['IMMUTABLE', 'MUTABLE'])
            .optional()
            .describe(
              'Default: IMMUTABLE, so that a tag always means one image',
            ),
        scanOnPush: z => z.boolean().optional().describe('Default: true'),
        keepImages: z =>
          z
            .number()
            .int()
            .min(0)
            .optional()
            .describe(
              'How many images the lifecycle policy keeps; default 100. 0: no lifecycle policy is set',
            ),
        lifecyclePolicy: z =>
          z
            .record(z.any())
            .optional()
            .describe('A whole lifecycle policy, instead of keepImages'),
        repositoryPolicy: z =>
          z
            .record(z.any())
            .optional()
            .describe('Repository policy, such as pull rights for an account'),
        encryption: z =>
          z
            .object({
              type: z.enum(['AES256', 'KMS', 'KMS_DSSE']),
              kmsKey: z.string().optional(),
            })
            .optional()
            .describe("Default: AES256. Can't be changed later"),
        tags: z =>
          z.record(z.string()).optional().describe('AWS tags to be set'),
      },
      output: {
        repositoryUri: z =>
          z.string().describe('What image references begin with'),
        repositoryArn: z => z.string(),
        registryId: z => z.string().describe('The AWS account'),
        created: z =>
          z.boolean().describe('False: the repository was there already'),
        changes: z =>
          z
            .array(z.string())
            .describe('What had to be changed on a repository that existed'),
      },
    },
    async handler(ctx) {
      const { name, region, accountId } = ctx.input;
      if (ctx.input.lifecyclePolicy && ctx.input.keepImages !== undefined) {
        throw new InputError(
          'keepImages and lifecyclePolicy exclude one another: give one of them',
        );
      }
      const spec: RepositorySpec = {
        name,
        imageTagMutability: ctx.input.imageTagMutability ?? 'IMMUTABLE',
        scanOnPush: ctx.input.scanOnPush ?? true,
        encryption: ctx.input.encryption ?? { type: 'AES256' },
        lifecyclePolicy:
          ctx.input.lifecyclePolicy ?? keepLast(ctx.input.keepImages ?? 100),
        repositoryPolicy: ctx.input.repositoryPolicy,
        tags: ctx.input.tags ?? {},
      };
      const client = await options.clients.getClient({ accountId, region });

      if (ctx.isDryRun) {
        const registryId = accountId ?? '000000000000';
        const where = region ?? 'eu-west-1';
        ctx.logger.info(`Dry run: the repository ${name} is not touched`);
        ctx.output(
          'repositoryUri',
          `${registryId}.dkr.ecr.${where}.amazonaws.com/${name}`,
        );
        ctx.output(
          'repositoryArn',
          `arn:aws:ecr:${where}:${registryId}:repository/${name}`,
        );
        ctx.output('registryId', registryId);
        ctx.output('created', false);
        ctx.output('changes', []);
        return;
      }

      const ensurer = new RepositoryEnsurer(client, ctx.signal);
      const result = await ctx.checkpoint({
        key: `delivery.ecr.repository.ensure.${registryKey(ctx.input)}`,
        fn: async () => ({ ...(await ensurer.ensure(spec)) }),
      });
      if (result.created) {
        ctx.logger.info(`Created the repository ${result.uri}`);
      } else if (result.changes.length > 0) {
        ctx.logger.info(
          `The repository ${
            result.uri
          } was there already; changed: ${result.changes.join(', ')}`,
        );
      } else {
        ctx.logger.info(
          `The repository ${result.uri} was there already, just as it should be`,
        );
      }
      ctx.output('repositoryUri', result.uri);
      ctx.output('repositoryArn', result.arn);
      ctx.output('registryId', result.registryId);
      ctx.output('created', result.created);
      ctx.output('changes', result.changes);
    },
  });
}

/** Checkpoints are kept by key: two repositories in one task need two. */
function registryKey(input: {
  accountId?: string;
  region?: string;
  name: string;
}): string {
  return [input.accountId, input.region, input.name].filter(Boolean).join('.');
}

function keepLast(images: number) {
  if (images === 0) {
    return undefined;
  }
  return {
    rules: [
      {
        rulePriority: 1,
        description: `Keep the last ${images} images`,
        selection: {
          tagStatus: 'any',
          countType: 'imageCountMoreThan',
          countNumber: images,
        },
        action: { type: 'expire' },
      },
    ],
  };
}

import { InputError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { regionsOf, repoUrlOf, type ServiceCheck } from '../service';
import { examples } from './serviceCheck.examples';

/**
 * The action `delivery:service:check`: the first step of a template that creates a
 * service. A form's pickers are checked in the browser only, so it checks on the
 * server that system and owner exist, that the initiator may create a service
 * there, and that every derived name is valid. Its outputs are what later steps
 * use. It only reads the catalog, in a dry run too.
 *
 * @internal
 */
export function createServiceCheckAction(options: {
  check: Pick<ServiceCheck, 'check'>;
  integrations: ScmIntegrations;
}) {
  const { check, integrations } = options;
  return createTemplateAction({
    id: 'delivery:service:check',
    description:
      'Checks before anything is created that the initiator may create the service, and that all of its names are valid',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string().describe('Name of the component'),
        system: z => z.string().describe('Entity ref of its system'),
        owner: z =>
          z.string().describe('Entity ref of the group or user that owns it'),
        environments: z => z.array(z.string()).min(1),
        regions: z =>
          z
            .array(z.object({ environment: z.string(), region: z.string() }))
            .optional()
            .describe(
              'AWS regions of environments whose clusters pull images in another one than that of the AWS configuration',
            ),
        gitHost: z =>
          z
            .string()
            .describe('Host of the source repository, one of integrations'),
        gitOwner: z =>
          z
            .string()
            .optional()
            .describe(
              'What the repository belongs to: the owner on GitHub and Gitea, the path of the group on GitLab, the workspace on Bitbucket Cloud, the organization on Azure DevOps. {system} stands for the name of the system, the default except on the last two',
            ),
        gitProject: z =>
          z
            .string()
            .optional()
            .describe(
              'Key of the project on Bitbucket, or name of the project on Azure DevOps. {system} stands for the name of the system, the default; in a key, in capital letters',
            ),
      },
      output: {
        entityRef: z => z.string().describe('The component'),
        exists: z =>
          z
            .boolean()
            .describe(
              'True if the component exists; the initiator owns it then',
            ),
        name: z =>
          z.string().describe('The component, its chart and Helm release'),
        system: z => z.string().describe('Name of the system'),
        systemRef: z => z.string(),
        ownerRef: z => z.string(),
        project: z => z.string().describe('AppProject in Argo CD'),
        imageRepository: z =>
          z.string().describe("ECR repository, without the registry's host"),
        repoUrl: z =>
          z
            .string()
            .describe(
              "Source repository, as a value of the scaffolder's repository picker",
            ),
        replicas: z =>
          z
            .array(z.object({ region: z.string() }))
            .describe(
              'Each of the regions once, for delivery:ecr:repository:ensure',
            ),
        environments: z =>
          z
            .record(
              z.object({
                name: z.string(),
                application: z.string(),
                namespace: z.string(),
                region: z.string().optional(),
              }),
            )
            .describe(
              'Names of the service in each environment; for the each of later steps',
            ),
      },
    },
    async handler(ctx) {
      const {
        gitHost,
        gitOwner,
        gitProject,
        regions: listed = [],
        ...requested
      } = ctx.input;
      const regions = regionsOf(listed, requested.environments);
      const type = integrations.byHost(gitHost)?.type;
      if (!type) {
        throw new InputError(
          `${JSON.stringify(
            gitHost,
          )} isn't a configured Git host. Add it under integrations in the configuration, or correct scaffolder.defaultEnvironment.parameters.gitHost`,
        );
      }
      const service = await check.check(
        {
          ...requested,
          sourceHost: { type, owner: gitOwner, project: gitProject },
        },
        await ctx.getInitiatorCredentials(),
      );
      ctx.logger.info(
        service.exists
          ? `${service.entityRef} already exists, and you own it`
          : `${service.entityRef} can be created in ${service.systemRef}`,
      );
      ctx.output('entityRef', service.entityRef);
      ctx.output('exists', service.exists);
      ctx.output('name', service.release);
      ctx.output('system', service.system);
      ctx.output('systemRef', service.systemRef);
      ctx.output('ownerRef', service.ownerRef);
      ctx.output('project', service.project);
      ctx.output('imageRepository', service.imageRepository);
      ctx.output(
        'replicas',
        [...new Set(regions.values())].map(region => ({ region })),
      );
      ctx.output(
        'repoUrl',
        repoUrlOf(gitHost, service.gitPlace, service.gitRepository),
      );
      ctx.output(
        'environments',
        Object.fromEntries(
          service.environments.map(one => {
            const region = regions.get(one.name);
            return [one.name, { ...one, ...(region && { region }) }];
          }),
        ),
      );
    },
  });
}

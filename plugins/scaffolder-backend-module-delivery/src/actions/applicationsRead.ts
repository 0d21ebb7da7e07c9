import { parseEntityRef } from '@backstage/catalog-model';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { DeliveryService } from '@landfall/backstage-plugin-delivery-node';
import { normalizeEntityRef } from '../access';
import { askDelivery } from '../delivery';
import { examples } from './applicationsRead.examples';

/**
 * The action `delivery:applications:read`: lists the Applications of an entity, also
 * those that run no image. It asks the delivery plugin on behalf of the initiator, so
 * it returns what the initiator may see, also in a dry run.
 *
 * @public
 */
export function createApplicationsReadAction(options: {
  service: Pick<DeliveryService, 'getDeployments'>;
}) {
  const { service } = options;
  return createTemplateAction({
    id: 'delivery:applications:read',
    description:
      'Lists the Argo CD Applications of an entity, as far as the initiator may see them',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z =>
          z
            .string()
            .describe('The catalog entity, such as component:default/api'),
      },
      output: {
        applications: z =>
          z
            .array(
              z.object({
                instance: z.string().describe('Name of the Argo CD'),
                namespace: z.string(),
                name: z.string(),
                project: z.string().describe('Its AppProject'),
                environment: z.string(),
              }),
            )
            .describe('In the order of the environments'),
      },
    },
    async handler(ctx) {
      const entityRef = normalizeEntityRef(ctx.input.entityRef);
      const credentials = await ctx.getInitiatorCredentials();
      const { environments, truncated, problems } = await askDelivery(
        ctx.signal,
        () =>
          service.getDeployments(parseEntityRef(entityRef), { credentials }),
      );
      for (const { message, advice } of problems) {
        ctx.logger.warn(`${message}. ${advice.message}`);
      }
      if (truncated) {
        ctx.logger.warn(
          `Only ${truncated.shown} of ${truncated.total} Applications are listed. ${truncated.advice.message}`,
        );
      }
      const applications = environments.flatMap(
        ({ environment, deployments }) =>
          deployments.map(({ application, project }) => ({
            instance: application.instance,
            namespace: application.namespace,
            name: application.name,
            project,
            environment,
          })),
      );
      ctx.logger.info(
        applications.length > 0
          ? `${entityRef} has ${applications
              .map(({ name, environment }) => `${name} (${environment})`)
              .join(', ')}`
          : `${entityRef} has no Application`,
      );
      ctx.output('applications', applications);
    },
  });
}

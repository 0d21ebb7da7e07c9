import { parseEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { DeliveryService } from '@landfall/backstage-plugin-delivery-node';
import { type EntityOwnership, normalizeEntityRef } from '../access';
import { askDelivery } from '../delivery';
import { fileLocation } from '../git';
import { examples } from './catalogSuggest.examples';

/**
 * The action `delivery:catalog:suggest`: finds the Applications that look like an
 * entity without annotations and provably belong to it, and the file that the entity
 * is described in. It shows what the card of the entity's page suggests, and changes
 * nothing, in a dry run too.
 *
 * @public
 */
export function createCatalogSuggestAction(options: {
  service: Pick<DeliveryService, 'getDeployments'>;
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  integrations: ScmIntegrations;
  ownership: Pick<EntityOwnership, 'assertOwned'>;
}) {
  const { service, catalog, integrations, ownership } = options;
  return createTemplateAction({
    id: 'delivery:catalog:suggest',
    description:
      'Finds the Applications of an entity that has no annotations yet, and the file to add the annotations to',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z =>
          z
            .string()
            .describe(
              'The entity, such as component:default/api. The initiator must own it',
            ),
        annotation: z =>
          z
            .enum(['argocd/app-selector', 'argocd/app-name'])
            .optional()
            .describe(
              'Default: a selector where it selects no other Applications, else their names',
            ),
      },
      output: {
        state: z =>
          z
            .enum(['found', 'none', 'annotated'])
            .describe(
              'none: no Application carries the mark of the entity or is in a project of its owner. annotated: the entity has annotations already',
            ),
        annotations: z =>
          z.record(z.string()).describe('To add; empty unless found'),
        applications: z =>
          z.array(
            z.object({
              instance: z.string(),
              namespace: z.string(),
              name: z.string(),
            }),
          ),
        fileUrl: z => z.string().describe('The file that describes the entity'),
        repoUrl: z => z.string().describe('Clone URL of its repository'),
        branch: z => z.string(),
        path: z => z.string().describe('Of the file in the repository'),
      },
    },
    async handler(ctx) {
      const entityRef = normalizeEntityRef(ctx.input.entityRef);
      const credentials = await ctx.getInitiatorCredentials();
      await ownership.assertOwned({ credentials, entityRef });
      const entity = await catalog.getEntityByRef(entityRef, { credentials });
      if (!entity) {
        throw new NotFoundError(
          `The catalog has no ${entityRef}, or you may not see it. Register it first`,
        );
      }
      const { locator, suggestions = [] } = await askDelivery(ctx.signal, () =>
        service.getDeployments(parseEntityRef(entityRef), { credentials }),
      );
      const isAnnotated = Object.keys(locator.annotations).length > 0;
      const { annotation: wanted } = ctx.input;
      const suggestion = isAnnotated
        ? undefined
        : suggestions.find(
            ({ annotation }) => wanted === undefined || annotation === wanted,
          );
      const missing = isAnnotated ? 'annotated' : 'none';
      if (suggestion) {
        ctx.logger.info(
          `${suggestion.annotation}: ${
            suggestion.value
          } selects ${suggestion.applications
            .map(({ name }) => name)
            .join(', ')}`,
        );
      } else {
        ctx.logger.warn(
          isAnnotated
            ? `${entityRef} has annotations of Argo CD already`
            : `No Application belongs to ${entityRef}: give them the annotation landfall.io/entity-ref, or list their project under delivery.access.projects`,
        );
      }
      const location = fileLocation(entity, integrations);
      ctx.output('state', suggestion ? 'found' : missing);
      ctx.output(
        'annotations',
        suggestion ? { [suggestion.annotation]: suggestion.value } : {},
      );
      ctx.output('applications', suggestion?.applications ?? []);
      ctx.output('fileUrl', location.url);
      ctx.output('repoUrl', location.repoUrl);
      ctx.output('branch', location.branch);
      ctx.output('path', location.path);
    },
  });
}

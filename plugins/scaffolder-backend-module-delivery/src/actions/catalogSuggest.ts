import { parseEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  ecrRepositoryArn,
  REPOSITORY_ANNOTATIONS,
} from '@landfall/backstage-plugin-delivery-common';
import type {
  DeliveryService,
  EcrHosts,
} from '@landfall/backstage-plugin-delivery-node';
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
  /** Knows which hosts of images are Amazon ECR. */
  hosts: Pick<EcrHosts, 'parse'>;
}) {
  const { service, catalog, integrations, ownership, hosts } = options;
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
        repositories: z =>
          z
            .boolean()
            .optional()
            .describe(
              `Default: false. True: also the annotation ${REPOSITORY_ANNOTATIONS.arn}, with the ECR repositories that the images of the Applications come from`,
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
        repositories: z =>
          z
            .array(
              z.object({ repository: z.string(), arn: z.string().optional() }),
            )
            .describe(
              'Where the images of their pods come from; arn: if it is in ECR',
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
      const repositories = (suggestion?.repositories ?? []).map(repository => {
        const arn = arnOf(repository, hosts);
        return { repository, ...(arn && { arn }) };
      });
      const arns = repositories.flatMap(({ arn }) => arn ?? []);
      const location = fileLocation(entity, integrations);
      ctx.output('state', suggestion ? 'found' : missing);
      ctx.output(
        'annotations',
        suggestion
          ? {
              [suggestion.annotation]: suggestion.value,
              ...(ctx.input.repositories &&
                arns.length > 0 && {
                  [REPOSITORY_ANNOTATIONS.arn]: arns.join(','),
                }),
            }
          : {},
      );
      ctx.output('applications', suggestion?.applications ?? []);
      ctx.output('repositories', repositories);
      ctx.output('fileUrl', location.url);
      ctx.output('repoUrl', location.repoUrl);
      ctx.output('branch', location.branch);
      ctx.output('path', location.path);
    },
  });
}

function arnOf(
  repository: string,
  hosts: Pick<EcrHosts, 'parse'>,
): string | undefined {
  const parsed = hosts.parse(repository);
  return parsed && ecrRepositoryArn({ ...parsed.registry, name: parsed.name });
}

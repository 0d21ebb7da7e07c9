import {
  ANNOTATION_ORIGIN_LOCATION,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { examples } from './catalogRegister.examples';

/**
 * The action `delivery:catalog:register`: registers a location, or refreshes the
 * one that is there. Backstage's own `catalog:register` fails on a location that
 * exists. A name that another location holds is an error before anything is
 * written, so that a service never grows over someone else's.
 *
 * @public
 */
export function createCatalogRegisterAction(options: {
  catalog: CatalogService;
}) {
  return createTemplateAction({
    id: 'delivery:catalog:register',
    description:
      'Registers an entity in the catalog, or refreshes the one that is registered from the same place',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        catalogInfoUrl: z => z.string().url(),
        entityRef: z =>
          z.string().describe('The entity that stands in the file'),
        checkOnly: z =>
          z
            .boolean()
            .optional()
            .describe('Only check that the name is free, or ours already'),
      },
      output: {
        entityRef: z => z.string(),
        registered: z =>
          z.boolean().describe('False: it was registered already'),
      },
    },
    async handler(ctx) {
      const { catalogInfoUrl, checkOnly } = ctx.input;
      const entityRef = stringifyEntityRef(parseEntityRef(ctx.input.entityRef));
      const credentials = await ctx.getInitiatorCredentials();
      const existing = await options.catalog.getEntityByRef(entityRef, {
        credentials,
      });
      const origin =
        existing?.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION];
      if (existing && origin !== `url:${catalogInfoUrl}`) {
        throw new ConflictError(
          `${entityRef} is in the catalog already, from ${
            origin ?? 'another place'
          }. Choose another name.`,
        );
      }
      if (!checkOnly && !ctx.isDryRun) {
        await ctx.checkpoint({
          key: `delivery.catalog.register.${catalogInfoUrl}`,
          fn: async () => {
            await options.catalog.addLocation(
              { type: 'url', target: catalogInfoUrl, onConflict: 'refresh' },
              { credentials },
            );
          },
        });
      }
      ctx.logger.info(
        existing
          ? `${entityRef} is in the catalog already`
          : `${entityRef} ${
              checkOnly || ctx.isDryRun ? 'is not in' : 'was added to'
            } the catalog`,
      );
      ctx.output('entityRef', entityRef);
      ctx.output('registered', !existing);
    },
  });
}

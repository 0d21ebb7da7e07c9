import {
  ANNOTATION_ORIGIN_LOCATION,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { examples } from './catalogRegister.examples';

/** The catalog takes in a new location in a loop of its own, in a second or a few. */
const TIMES = { everyMs: 250, patienceMs: 30_000 };

/**
 * The action `delivery:catalog:register`: registers a location, or refreshes the
 * one that is there. Backstage's own `catalog:register` fails on a location that
 * exists. A name that another location holds is an error before anything is
 * written, so that a service never grows over someone else's. It ends when the
 * catalog has the entity, so that a link to its page leads there.
 *
 * @public
 */
export function createCatalogRegisterAction(options: {
  catalog: CatalogService;
  /** How often it is looked for the entity, and for how long; in milliseconds. */
  times?: { everyMs: number; patienceMs: number };
}) {
  const { catalog, times = TIMES } = options;
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
      const existing = await catalog.getEntityByRef(entityRef, { credentials });
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
            await catalog.addLocation(
              { type: 'url', target: catalogInfoUrl, onConflict: 'refresh' },
              { credentials },
            );
          },
        });
        const deadline = Date.now() + times.patienceMs;
        while (!(await catalog.getEntityByRef(entityRef, { credentials }))) {
          if (Date.now() >= deadline) {
            ctx.logger.warn(
              `The catalog doesn't show ${entityRef} yet: if its page stays empty, look into the catalog's log for ${catalogInfoUrl}`,
            );
            break;
          }
          await sleep(times.everyMs, undefined, { signal: ctx.signal });
        }
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

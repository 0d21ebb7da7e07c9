import { ANNOTATION_ORIGIN_LOCATION } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EntityOwnership, normalizeEntityRef } from '../access';
import { checkpointKey } from '../checkpointKey';
import { examples } from './catalogRegister.examples';

const ID = 'delivery:catalog:register';

/** The catalog processes a new location in its own loop, within a few seconds. */
const TIMES = { everyMs: 250, timeoutMs: 30_000 };

/**
 * The action `delivery:catalog:register`: registers a location, or refreshes an
 * existing one. Backstage's own `catalog:register` fails on a location that
 * exists. A name that another location holds, and an entity that the initiator
 * doesn't own, are errors before anything is written, so that a service never
 * takes over someone else's. The action ends once the catalog has the entity, so
 * that a link to its page works.
 *
 * @public
 */
export function createCatalogRegisterAction(options: {
  catalog: CatalogService;
  ownership: Pick<EntityOwnership, 'assertOwned'>;
  /** How often and for how long to look for the entity, in milliseconds. */
  times?: { everyMs: number; timeoutMs: number };
}) {
  const { catalog, ownership, times = TIMES } = options;
  return createTemplateAction({
    id: ID,
    description:
      'Registers an entity in the catalog, or refreshes it if it is registered from the same location',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        catalogInfoUrl: z => z.string().url(),
        entityRef: z =>
          z.string().describe('Reference of the entity in the file'),
        checkOnly: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Only check that the name is free, or belongs to an entity of the initiator from the same location',
            ),
      },
      output: {
        entityRef: z => z.string(),
        registered: z =>
          z
            .boolean()
            .describe(
              'Whether this step registered it. False if it was in the catalog already, with checkOnly and in a dry run',
            ),
      },
    },
    async handler(ctx) {
      const { catalogInfoUrl, checkOnly } = ctx.input;
      const entityRef = normalizeEntityRef(ctx.input.entityRef);
      const credentials = await ctx.getInitiatorCredentials();
      const check = async () => {
        // Ownership first: for an entity that is hidden from the initiator, this
        // error only says that the name is taken.
        const owned = await ownership.assertOwned({ credentials, entityRef });
        const origin =
          owned.exists &&
          owned.entity.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION];
        if (owned.exists && origin !== `url:${catalogInfoUrl}`) {
          throw new ConflictError(
            `${entityRef} is taken: the catalog has it from ${
              origin || 'another place'
            }. Choose another name.`,
          );
        }
        return owned.exists;
      };

      const isWritten = !checkOnly && !ctx.isDryRun;
      const register = async () => {
        const existed = await check();
        if (isWritten) {
          await catalog.addLocation(
            { type: 'url', target: catalogInfoUrl, onConflict: 'refresh' },
            { credentials },
          );
        }
        return { existed };
      };
      // Includes the check: its own registration must not refuse a recovered task.
      const { existed } = ctx.isDryRun
        ? await register()
        : await ctx.checkpoint({
            key: checkpointKey(ID, { catalogInfoUrl, entityRef, checkOnly }),
            fn: register,
          });
      if (isWritten) {
        const deadline = Date.now() + times.timeoutMs;
        while (!(await catalog.getEntityByRef(entityRef, { credentials }))) {
          if (Date.now() >= deadline) {
            ctx.logger.warn(
              `The catalog doesn't show ${entityRef} yet. If its page stays empty, check the catalog's log for ${catalogInfoUrl}`,
            );
            break;
          }
          await sleep(times.everyMs, undefined, { signal: ctx.signal });
        }
      }
      ctx.logger.info(
        existed
          ? `${entityRef} is already in the catalog`
          : `${entityRef} ${
              isWritten ? 'was added to' : 'is not in'
            } the catalog`,
      );
      ctx.output('entityRef', entityRef);
      ctx.output('registered', isWritten && !existed);
    },
  });
}

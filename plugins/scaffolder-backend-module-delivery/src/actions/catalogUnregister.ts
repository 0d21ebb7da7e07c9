import {
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { type EntityOwnership, normalizeEntityRef } from '../access';
import { checkpointKey } from '../checkpointKey';
import { examples } from './catalogUnregister.examples';

const ID = 'delivery:catalog:unregister';

/** Why an entity stays in the catalog. */
type Kept = { kept: string };

/**
 * The action `delivery:catalog:unregister`: removes the registered location of an
 * entity, as "Unregister entity" of its page does. An entity whose location has
 * other entities too, or that nobody registered, stays, and the output says why.
 *
 * @public
 */
export function createCatalogUnregisterAction(options: {
  catalog: Pick<
    CatalogService,
    'getLocationByRef' | 'removeLocationById' | 'queryEntities'
  >;
  ownership: Pick<EntityOwnership, 'assertOwned'>;
}) {
  const { catalog, ownership } = options;
  return createTemplateAction({
    id: ID,
    description:
      'Removes the registered location of an entity from the catalog, unless other entities come from it',
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
      },
      output: {
        unregistered: z =>
          z
            .boolean()
            .describe('False: the catalog keeps it, or didn’t have it'),
        kept: z =>
          z
            .string()
            .optional()
            .describe('Why the catalog keeps it, in a sentence'),
      },
    },
    async handler(ctx) {
      const entityRef = normalizeEntityRef(ctx.input.entityRef);
      const credentials = await ctx.getInitiatorCredentials();

      const find = async (): Promise<Kept | { id: string } | undefined> => {
        const owned = await ownership.assertOwned({ credentials, entityRef });
        if (!owned.exists) {
          return undefined;
        }
        const origin =
          owned.entity.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION];
        const location =
          origin && (await catalog.getLocationByRef(origin, { credentials }));
        if (!origin || !location) {
          return {
            kept: `${entityRef} wasn't registered by anyone: remove it where ${
              origin ?? 'its provider'
            } has it`,
          };
        }
        const { items } = await catalog.queryEntities(
          {
            filter: {
              [`metadata.annotations.${ANNOTATION_ORIGIN_LOCATION}`]: origin,
            },
            // The entity, the location itself, and one more if there is any.
            limit: 3,
          },
          { credentials },
        );
        const hasOthers = items.some(
          entity =>
            stringifyEntityRef(entity) !== entityRef &&
            !isLocation(entity, origin),
        );
        return hasOthers
          ? {
              kept: `${origin} also has other entities: remove ${entityRef} from that file`,
            }
          : { id: location.id };
      };

      const unregister = async () => {
        const found = await find();
        if (found && 'id' in found && !ctx.isDryRun) {
          await catalog.removeLocationById(found.id, { credentials });
        }
        return {
          unregistered: found !== undefined && 'id' in found && !ctx.isDryRun,
          ...(found && 'kept' in found && { kept: found.kept }),
        };
      };
      const { unregistered, kept } = ctx.isDryRun
        ? await unregister()
        : await ctx.checkpoint({
            key: checkpointKey(ID, { entityRef }),
            fn: unregister,
          });
      if (kept) {
        ctx.logger.warn(kept);
        ctx.output('kept', kept);
      } else if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: would unregister ${entityRef}`);
      } else {
        ctx.logger.info(
          unregistered
            ? `Unregistered ${entityRef}`
            : `The catalog doesn't have ${entityRef}: nothing to unregister`,
        );
      }
      ctx.output('unregistered', unregistered);
    },
  });
}

/** Whether it is the entity that the catalog makes of a registered location. */
function isLocation({ kind, spec }: Entity, ref: string): boolean {
  return kind === 'Location' && `${spec?.type}:${spec?.target}` === ref;
}

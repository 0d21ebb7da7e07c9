import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { ArgoCdInstances } from '@landfall/backstage-plugin-delivery-node';
import { type EntityOwnership, normalizeEntityRef } from '../access';
import { chooseInstance, deleteApplication } from '../argocd';
import { checkpointKey } from '../checkpointKey';
import { examples } from './argocdApplicationDelete.examples';

const ID = 'delivery:argocd:application:delete';

const WORDS = {
  foreground: 'after all of its resources',
  background: 'and then its resources',
  none: 'but none of its resources',
};

/**
 * The action `delivery:argocd:application:delete`: deletes an Application of an
 * entity through Argo CD's API. One that an app of apps or an ApplicationSet would
 * create again is refused. One that is gone already is no error.
 *
 * @public
 */
export function createArgoCdApplicationDeleteAction(options: {
  instances: ArgoCdInstances;
  ownership: Pick<EntityOwnership, 'assertOwned'>;
  /** Seconds between two reads; default 2. */
  intervalSeconds?: number;
}) {
  const { instances, ownership, intervalSeconds = 2 } = options;
  return createTemplateAction({
    id: ID,
    description:
      'Deletes an Argo CD Application of an entity, unless something would create it again',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        instance: z =>
          z
            .string()
            .optional()
            .describe(
              'Name of the Argo CD in argocd.appLocatorMethods; needed if there are several',
            ),
        name: z => z.string().min(1).describe('Of the Application'),
        namespace: z =>
          z
            .string()
            .min(1)
            .optional()
            .describe('Default: the namespace of Argo CD itself'),
        project: z => z.string().min(1).describe('Its AppProject'),
        entityRef: z =>
          z
            .string()
            .describe(
              'The entity that the Application belongs to by its annotation landfall.io/entity-ref, such as component:default/api. If the catalog has the entity, the initiator must own it',
            ),
        cascade: z =>
          z
            .enum(['foreground', 'background', 'none'])
            .describe(
              'What happens to the resources in the cluster. foreground: they are deleted, and then the Application. background: they are deleted after it. none: they keep running, and nothing manages them',
            ),
        timeoutSeconds: z =>
          z
            .number()
            .min(0)
            .max(3600)
            .optional()
            .describe(
              'How long to wait until the Application is gone; 0: not at all. Default: 300',
            ),
      },
      output: {
        deleted: z => z.boolean().describe('False: it was gone already'),
      },
    },
    async handler(ctx) {
      const { input, signal } = ctx;
      const { name, namespace, project, cascade } = input;
      const entityRef = normalizeEntityRef(input.entityRef);
      const client = chooseInstance(instances, input.instance);
      const { instance } = client;
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Dry run: would delete the Application ${name} of the project ${project} in ${instance}, ${WORDS[cascade]}, if it belongs to ${entityRef}`,
        );
        ctx.output('deleted', false);
        return;
      }
      const request = { name, namespace, project, entityRef, cascade };
      const deleted = await ctx.checkpoint({
        key: checkpointKey(ID, { instance, ...request }),
        fn: async () => {
          // The ref is a claim, so it is checked together with the write.
          await ownership.assertOwned({
            credentials: await ctx.getInitiatorCredentials(),
            entityRef,
          });
          return deleteApplication({
            ...request,
            client,
            timeoutSeconds: input.timeoutSeconds ?? 300,
            intervalSeconds,
            signal,
            onDeleting: () =>
              ctx.logger.info(
                `Argo CD deletes the Application ${name}, ${WORDS[cascade]}`,
              ),
          });
        },
      });
      ctx.logger.info(
        deleted
          ? `Deleted the Application ${name}`
          : `There is no Application ${name} in the project ${project}: nothing to delete`,
      );
      ctx.output('deleted', deleted);
    },
  });
}

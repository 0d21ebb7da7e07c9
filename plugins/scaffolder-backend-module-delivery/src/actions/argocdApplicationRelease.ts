import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { ArgoCdInstances } from '@landfall/backstage-plugin-delivery-node';
import { normalizeEntityRef } from '../access';
import { chooseInstance, waitForRelease } from '../argocd';
import { examples } from './argocdApplicationRelease.examples';

/**
 * The action `delivery:argocd:application:release`: after the manifest of an
 * Application was removed from Git, waits until it is gone, or until nothing would
 * create it again. It changes nothing, so a recovered task just waits again.
 *
 * @public
 */
export function createArgoCdApplicationReleaseAction(options: {
  instances: ArgoCdInstances;
  /** Seconds between two reads; default 2. */
  intervalSeconds?: number;
}) {
  const { instances, intervalSeconds = 2 } = options;
  return createTemplateAction({
    id: 'delivery:argocd:application:release',
    description:
      'Waits until an Argo CD Application whose manifest was removed from Git is gone, or nothing would create it again',
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
              'The entity that it must belong to by its annotation landfall.io/entity-ref, such as component:default/api',
            ),
        checkOnly: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Default: false. True: only checks that it belongs to the entity, and that an app of apps, not an ApplicationSet, manages it',
            ),
        timeoutSeconds: z =>
          z.number().positive().max(3600).optional().describe('Default: 600'),
      },
      output: {
        state: z =>
          z
            .enum(['gone', 'free', 'managed'])
            .describe(
              'free: it exists, and can be deleted for good. managed: only with checkOnly',
            ),
      },
    },
    async handler(ctx) {
      const { name, namespace, project, checkOnly } = ctx.input;
      const { timeoutSeconds = 600 } = ctx.input;
      const client = chooseInstance(instances, ctx.input.instance);
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Dry run: would wait until nothing in ${client.instance} creates the Application ${name} again`,
        );
        ctx.output('state', 'free');
        return;
      }
      const state = await waitForRelease({
        client,
        name,
        namespace,
        project,
        entityRef: normalizeEntityRef(ctx.input.entityRef),
        checkOnly,
        timeoutSeconds,
        intervalSeconds,
        signal: ctx.signal,
        onState: words => ctx.logger.info(words),
      });
      ctx.logger.info(
        {
          gone: `There is no Application ${name}`,
          free: `Nothing would create the Application ${name} again`,
          managed: `The Application ${name} is managed by an app of apps`,
        }[state],
      );
      ctx.output('state', state);
    },
  });
}

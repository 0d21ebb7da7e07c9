import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { ArgoCdInstances } from '@landfall/backstage-plugin-delivery-node';
import { chooseInstance, waitForApplication } from '../argocd';
import { examples } from './argocdApplicationWait.examples';

/**
 * The action `delivery:argocd:application:wait`: waits until an Application is
 * synced, or synced and healthy. It only reads, so it can always be run again.
 *
 * @public
 */
export function createArgoCdApplicationWaitAction(options: {
  instances: ArgoCdInstances;
  /** Seconds between two reads; default 2. */
  intervalSeconds?: number;
}) {
  return createTemplateAction({
    id: 'delivery:argocd:application:wait',
    description: 'Waits until an Argo CD Application is synced, or healthy',
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
        name: z => z.string(),
        namespace: z =>
          z
            .string()
            .optional()
            .describe('Default: the namespace of Argo CD itself'),
        project: z =>
          z
            .string()
            .optional()
            .describe(
              'Its AppProject: with it, Argo CD distinguishes a missing application from a forbidden one',
            ),
        until: z =>
          z.enum(['synced', 'healthy']).optional().describe('Default: healthy'),
        timeoutSeconds: z =>
          z.number().positive().max(3600).optional().describe('Default: 300'),
      },
      output: {
        sync: z => z.string(),
        health: z => z.string(),
        revisions: z => z.array(z.string()),
        images: z => z.array(z.string()).describe('Images of live pods'),
      },
    },
    async handler(ctx) {
      const { input } = ctx;
      const client = chooseInstance(options.instances, input.instance);
      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: would wait for ${input.name}`);
        ctx.output('sync', 'Unknown');
        ctx.output('health', 'Unknown');
        ctx.output('revisions', []);
        ctx.output('images', []);
        return;
      }
      const application = await waitForApplication({
        client,
        ref: {
          instance: client.instance,
          namespace: input.namespace,
          name: input.name,
        },
        project: input.project,
        until: input.until ?? 'healthy',
        timeoutSeconds: input.timeoutSeconds ?? 300,
        intervalSeconds: options.intervalSeconds ?? 2,
        signal: ctx.signal,
        onState: words => ctx.logger.info(`${input.name}: ${words}`),
      });
      ctx.output('sync', application.sync.status);
      ctx.output('health', application.health.status);
      ctx.output('revisions', application.sync.revisions);
      ctx.output('images', application.images);
    },
  });
}

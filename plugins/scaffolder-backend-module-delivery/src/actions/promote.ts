import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type {
  DeliveryActionsService,
  DeliveryService,
} from '@landfall/backstage-plugin-delivery-node';
import { normalizeEntityRef } from '../access';
import { checkpointKey, sha256 } from '../checkpointKey';
import {
  describeChange,
  logPreview,
  type PromotedChange,
  Promoter,
} from '../delivery';
import { examples } from './promote.examples';

const ID = 'delivery:promote';

/**
 * The action `delivery:promote`: promotes a version into environments of an entity
 * by Git. The delivery plugin does it on behalf of the initiator, so that its
 * permissions, approvals and audit apply. A promotion that is under way already is
 * returned and not requested again.
 *
 * @public
 */
export function createPromoteAction(options: {
  service: Pick<DeliveryService, 'getDeployments'>;
  actions: Pick<
    DeliveryActionsService,
    'getActions' | 'previewVersionChange' | 'startVersionChange'
  >;
}) {
  const { service, actions } = options;
  return createTemplateAction({
    id: ID,
    description:
      'Promotes a version of an entity into environments: by pull or merge requests, or by commits. It needs the permission delivery.version.promote',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z =>
          z
            .string()
            .describe('The catalog entity, such as component:default/api'),
        version: z =>
          z
            .string()
            .regex(
              /^\w[\w.-]{0,127}$/,
              'a tag: letters, digits, underscores, dots and hyphens',
            )
            .optional()
            .describe('The tag to promote; either this or fromEnvironment'),
        fromEnvironment: z =>
          z
            .string()
            .min(1)
            .optional()
            .describe(
              'The environment whose running version is promoted; either this or version',
            ),
        toEnvironments: z =>
          z
            .array(z.string().min(1))
            .min(1)
            .describe('The environments to promote into'),
        repository: z =>
          z
            .string()
            .min(1)
            .optional()
            .describe(
              'Image repository, with registry host and without tag; needed where an Application runs several images',
            ),
        mode: z =>
          z
            .enum(['request', 'commit'])
            .optional()
            .describe(
              'request (default): a pull or merge request. commit: a commit on the branch that Argo CD follows',
            ),
        hold: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Default: false. True: Image Updater is also told to leave the version as it is until updates are resumed in the portal',
            ),
        reason: z =>
          z
            .string()
            .max(500)
            .optional()
            .describe(
              'Why, in one line; it is shown in the portal and audited',
            ),
      },
      output: {
        changes: z =>
          z
            .array(
              z.object({
                environment: z.string(),
                name: z.string().describe('Of the Application'),
                namespace: z.string().describe('Of the Application'),
                instance: z.string().describe('Name of the Argo CD'),
                repository: z.string().describe('Of the image, without tag'),
                from: z.string().optional().describe('The tag before'),
                version: z.string().describe('The tag that is set'),
                state: z
                  .string()
                  .describe(
                    'waiting: somebody has to approve it. accepted: Git has the commit or request. succeeded: nothing had to change. preview or refused: of a dry run',
                  ),
                exists: z
                  .boolean()
                  .describe('True: it was under way before this step'),
                requestUrl: z
                  .string()
                  .optional()
                  .describe('Page of the pull or merge request'),
                commitUrl: z.string().optional().describe('Page of the commit'),
              }),
            )
            .describe('One for each Application'),
      },
    },
    async handler(ctx) {
      const { mode = 'request', ...input } = ctx.input;
      const request = {
        ...input,
        entityRef: normalizeEntityRef(input.entityRef),
        via: mode,
      };
      const promoter = new Promoter({
        service,
        actions,
        credentials: await ctx.getInitiatorCredentials(),
        signal: ctx.signal,
      });
      let changes: PromotedChange[];
      if (ctx.isDryRun) {
        const plan = await promoter.plan(request);
        changes = logPreview(
          plan,
          await promoter.preview(request, plan),
          ctx.logger,
        );
      } else {
        changes = await ctx.checkpoint({
          key: checkpointKey(ID, request),
          fn: () =>
            promoter.promote(request, {
              recall: (attempt, make) =>
                ctx.checkpoint({
                  key: checkpointKey(`${ID}.plan`, { attempt, request }),
                  fn: make,
                }),
              // The same after a recovery, and another one in every other step.
              idempotencyKey: attempt =>
                sha256(
                  JSON.stringify([ctx.task.id, ctx.step?.id, request, attempt]),
                ),
            }),
        });
      }
      for (const change of changes) {
        ctx.logger.info(describeChange(change));
      }
      ctx.output('changes', changes);
    },
  });
}

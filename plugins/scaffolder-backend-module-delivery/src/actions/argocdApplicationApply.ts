import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { ArgoCdInstances } from '@landfall/backstage-plugin-delivery-node';
import type { EntityOwnership } from '../access';
import {
  type AppliedApplication,
  applyApplication,
  checkApplication,
  reserveApplication,
  chooseInstance,
  markApplication,
  parseApplication,
  parseApplicationYaml,
  readManifest,
} from '../argocd';
import { checkpointKey } from '../checkpointKey';
import { examples } from './argocdApplicationApply.examples';

const ID = 'delivery:argocd:application:apply';

/**
 * The action `delivery:argocd:application:apply`: creates an Application through
 * Argo CD's API, or updates the one that exists if it belongs to the entity.
 *
 * @public
 */
export function createArgoCdApplicationApplyAction(options: {
  instances: ArgoCdInstances;
  ownership: Pick<EntityOwnership, 'assertOwned'>;
}) {
  const { instances, ownership } = options;
  return createTemplateAction({
    id: ID,
    description:
      'Creates an Argo CD Application, or updates the one that exists if it belongs to the same entity',
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
        path: z =>
          z
            .string()
            .optional()
            .describe(
              'YAML file in the workspace that contains one Application',
            ),
        manifest: z =>
          z
            .record(z.any())
            .optional()
            .describe('The Application itself, instead of a path'),
        entityRef: z =>
          z
            .string()
            .optional()
            .describe(
              'The entity that the Application belongs to, such as component:default/api. It is written into the annotation landfall.io/entity-ref. If the catalog has the entity, the initiator must own it',
            ),
        overwrite: z =>
          z
            .enum(['never', 'own', 'always'])
            .optional()
            .describe(
              'What happens to an existing Application. own (default): updated if it has the same entityRef, project and source. never: an error unless it is identical. always: updated, whoever owns it',
            ),
        reserve: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Default: false. True: only reserves the name, for use before the manifest is committed to a repository that an app-of-apps applies. A missing Application is created; one of the same entity is left unchanged, even if it differs',
            ),
        checkOnly: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Default: false. True: only checks that the name is free or of the same entity, project and source, and changes nothing',
            ),
        validate: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Default: true. False: Argo CD accepts the Application even if it can’t render it yet',
            ),
      },
      output: {
        name: z => z.string(),
        namespace: z => z.string(),
        instance: z => z.string(),
        project: z => z.string(),
        url: z => z.string().describe('Its page in Argo CD'),
        created: z => z.boolean().describe('False: it existed'),
        updated: z =>
          z.boolean().describe('It existed, and was replaced by the manifest'),
        adopted: z =>
          z
            .boolean()
            .describe('It was updated although it belonged to someone else'),
      },
    },
    async handler(ctx) {
      const wanted = markApplication(
        await readManifest(ctx.workspacePath, ctx.input, {
          value: parseApplication,
          yaml: parseApplicationYaml,
        }),
        ctx.input.entityRef,
      );
      const client = chooseInstance(instances, ctx.input.instance);
      const { instance } = client;
      const { name, project } = wanted;
      const { entityRef } = wanted.identity;
      const overwrite = ctx.input.overwrite ?? 'own';
      const validate = ctx.input.validate ?? true;
      const reserve = ctx.input.reserve ?? false;
      const checkOnly = ctx.input.checkOnly ?? false;

      const apply = async () => {
        if (entityRef) {
          // The ref is a claim. It is checked together with the write, so that a
          // recovered task isn't refused for an entity that it registered itself.
          await ownership.assertOwned({
            credentials: await ctx.getInitiatorCredentials(),
            entityRef,
          });
        }
        const attempt = { client, manifest: wanted, signal: ctx.signal };
        if (checkOnly) {
          return { ...(await checkApplication(attempt)) };
        }
        const result = reserve
          ? await reserveApplication(attempt)
          : await applyApplication({ ...attempt, overwrite, validate });
        return { ...result };
      };
      const result = ctx.isDryRun
        ? {
            namespace: wanted.namespace ?? 'argocd',
            created: false,
            updated: false,
            adopted: false,
          }
        : await ctx.checkpoint({
            key: checkpointKey(ID, {
              instance,
              manifest: wanted.manifest,
              overwrite,
              validate,
              reserve,
              // Absent otherwise: the keys of tasks that wait for a retry stay.
              ...(checkOnly && { checkOnly }),
            }),
            fn: apply,
          });

      const { namespace, created, updated, adopted } = result;
      const url = `${client.frontendUrl}/applications/${namespace}/${name}`;
      ctx.logger.info(
        ctx.isDryRun
          ? `Dry run: would apply ${name} to ${instance}`
          : `${describe(name, result, { reserve, checkOnly })}: ${url}`,
      );
      ctx.output('name', name);
      ctx.output('namespace', namespace);
      ctx.output('instance', instance);
      ctx.output('project', project);
      ctx.output('url', url);
      ctx.output('created', created);
      ctx.output('updated', updated);
      ctx.output('adopted', adopted);
    },
  });
}

function describe(
  name: string,
  { created, updated, adopted }: AppliedApplication,
  { reserve, checkOnly }: { reserve: boolean; checkOnly: boolean },
): string {
  if (checkOnly) {
    return `The name of the Application ${name} is free, or of the same entity`;
  }
  if (reserve && !created) {
    return `The Application ${name} belongs to the same entity`;
  }
  if (created) {
    return `Created the Application ${name}`;
  }
  if (adopted) {
    return `Took over the Application ${name}, which belonged to someone else`;
  }
  return updated
    ? `Updated the Application ${name}`
    : `The Application ${name} already matches the manifest`;
}

import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { ArgoCdInstances } from '@landfall/backstage-plugin-delivery-node';
import type { z as zod } from 'zod/v3';
import { type EntityOwnership, normalizeEntityRef } from '../access';
import {
  applyProject,
  chooseInstance,
  type ProjectSettingDifference,
  readProject,
  wideSettings,
} from '../argocd';
import { checkpointKey } from '../checkpointKey';
import { examples } from './argocdProjectApply.examples';

const ID = 'delivery:argocd:project:apply';

function kinds(description: string) {
  return (z: typeof zod) =>
    z
      .array(z.object({ group: z.string(), kind: z.string().min(1) }))
      .optional()
      .describe(description);
}

/**
 * The action `delivery:argocd:project:apply`: creates an AppProject through Argo CD's
 * API, or changes settings of the one that exists if it belongs to the entity.
 * Settings that the input doesn't mention stay, and so do other roles and all tokens.
 *
 * @public
 */
export function createArgoCdProjectApplyAction(options: {
  instances: ArgoCdInstances;
  ownership: Pick<EntityOwnership, 'assertOwned'>;
}) {
  const { instances, ownership } = options;
  return createTemplateAction({
    id: ID,
    description:
      'Creates an Argo CD AppProject, or updates the one that exists if it belongs to the same entity',
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
        name: z => z.string().min(1).describe('Of the AppProject'),
        entityRef: z =>
          z
            .string()
            .describe(
              'The entity that the AppProject belongs to, such as system:default/shop. It is written into the annotation landfall.io/entity-ref. If the catalog has the entity, the initiator must own it',
            ),
        description: z => z.string().max(255).optional(),
        sourceRepos: z =>
          z
            .array(z.string().min(1))
            .optional()
            .describe('Repositories that its Applications may use; globs'),
        destinations: z =>
          z
            .array(
              z.object({
                server: z
                  .string()
                  .min(1)
                  .optional()
                  .describe('URL of the cluster; either this or name'),
                name: z
                  .string()
                  .min(1)
                  .optional()
                  .describe('Name of the cluster; either this or server'),
                namespace: z.string().min(1),
              }),
            )
            .optional()
            .describe('Where its Applications may deploy; globs'),
        clusterResourceWhitelist: kinds(
          'Cluster-scoped kinds that its Applications may create; by default none',
        ),
        clusterResourceBlacklist: kinds(
          'Cluster-scoped kinds that its Applications may not create',
        ),
        namespaceResourceWhitelist: kinds(
          'Namespaced kinds that its Applications may create; by default all',
        ),
        namespaceResourceBlacklist: kinds(
          'Namespaced kinds that its Applications may not create',
        ),
        roles: z =>
          z
            .array(
              z.object({
                name: z.string().min(1),
                description: z.string().optional(),
                policies: z
                  .array(z.string())
                  .describe(
                    'Such as "p, proj:shop:ci, applications, sync, shop/*, allow"',
                  ),
                groups: z.array(z.string()).optional(),
              }),
            )
            .optional()
            .describe(
              'Roles to set, by their names. Other roles stay, and so do tokens; none is created',
            ),
      },
      output: {
        name: z => z.string(),
        instance: z => z.string(),
        url: z => z.string().describe('Its page in Argo CD'),
        created: z => z.boolean().describe('False: it existed'),
        updated: z => z.boolean().describe('It existed, and was changed'),
        differences: z => {
          const difference: zod.ZodType<ProjectSettingDifference> = z.object({
            setting: z.string(),
            current: z.string().describe('As JSON'),
            wanted: z.string().describe('As JSON'),
          });
          return z.array(difference).describe('What was changed');
        },
      },
    },
    async handler(ctx) {
      const {
        instance: wanted,
        name,
        entityRef: claimed,
        ...given
      } = ctx.input;
      const entityRef = normalizeEntityRef(claimed);
      const spec = readProject(name, given);
      const client = chooseInstance(instances, wanted);
      const { instance } = client;
      for (const wide of wideSettings(spec)) {
        ctx.logger.warn(`The AppProject ${name} may use ${wide}`);
      }
      const result = ctx.isDryRun
        ? { created: false, updated: false, differences: [] }
        : await ctx.checkpoint({
            key: checkpointKey(ID, { instance, name, entityRef, spec }),
            fn: async () => {
              // The ref is a claim, so it is checked together with the write.
              await ownership.assertOwned({
                credentials: await ctx.getInitiatorCredentials(),
                entityRef,
              });
              const { signal } = ctx;
              return applyProject({ client, name, entityRef, spec, signal });
            },
          });
      const url = `${client.frontendUrl}/settings/projects/${name}`;
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Dry run: would apply the AppProject ${name} to ${instance}: ${JSON.stringify(
            spec,
          )}`,
        );
      } else {
        ctx.logger.info(`${describe(name, result)}: ${url}`);
      }
      for (const { setting, current, wanted: value } of result.differences) {
        ctx.logger.info(`${setting}: ${current} → ${value}`);
      }
      ctx.output('name', name);
      ctx.output('instance', instance);
      ctx.output('url', url);
      ctx.output('created', result.created);
      ctx.output('updated', result.updated);
      ctx.output('differences', result.differences);
    },
  });
}

function describe(
  name: string,
  { created, updated }: { created: boolean; updated: boolean },
): string {
  if (created) {
    return `Created the AppProject ${name}`;
  }
  return updated
    ? `Updated the AppProject ${name}`
    : `The AppProject ${name} already has all settings`;
}

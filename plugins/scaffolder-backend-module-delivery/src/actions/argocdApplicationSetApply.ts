import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { ENTITY_REF_MARK } from '@landfall/backstage-plugin-delivery-common';
import type { ArgoCdInstances } from '@landfall/backstage-plugin-delivery-node';
import type { EntityOwnership } from '../access';
import {
  applyApplicationSet,
  chooseInstance,
  parseApplicationSet,
  parseApplicationSetYaml,
  readManifest,
} from '../argocd';
import { checkpointKey } from '../checkpointKey';
import { examples } from './argocdApplicationSetApply.examples';

const ID = 'delivery:argocd:application-set:apply';

/**
 * The action `delivery:argocd:application-set:apply`: creates an ApplicationSet
 * through Argo CD's API, or updates the one that exists if it belongs to the entity.
 *
 * @public
 */
export function createArgoCdApplicationSetApplyAction(options: {
  instances: ArgoCdInstances;
  ownership: Pick<EntityOwnership, 'assertOwned'>;
}) {
  const { instances, ownership } = options;
  return createTemplateAction({
    id: ID,
    description:
      'Creates an Argo CD ApplicationSet, or updates the one that exists if it belongs to the same entity',
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
              'YAML file in the workspace that contains one ApplicationSet',
            ),
        manifest: z =>
          z
            .record(z.any())
            .optional()
            .describe('The ApplicationSet itself, instead of a path'),
        entityRef: z =>
          z
            .string()
            .optional()
            .describe(
              'The entity that the ApplicationSet belongs to, such as component:default/api; default: that of its annotation landfall.io/entity-ref. If the catalog has the entity, the initiator must own it',
            ),
        overwrite: z =>
          z
            .enum(['never', 'own'])
            .optional()
            .describe(
              'What happens to an existing ApplicationSet. own (default): updated if it has the same entityRef and project. never: an error unless it is identical',
            ),
      },
      output: {
        name: z => z.string(),
        namespace: z => z.string(),
        instance: z => z.string(),
        project: z =>
          z.string().describe('Of the Applications that it generates'),
        created: z => z.boolean().describe('False: it existed'),
        updated: z => z.boolean().describe('It existed, and was changed'),
      },
    },
    async handler(ctx) {
      const { input } = ctx;
      const manifest = await readManifest(ctx.workspacePath, input, {
        value: (value, where) =>
          parseApplicationSet(value, where, input.entityRef),
        yaml: (text, fileName) =>
          parseApplicationSetYaml(text, fileName, input.entityRef),
      });
      const { name, project, entityRef, marksApplications } = manifest;
      const client = chooseInstance(instances, input.instance);
      const { instance } = client;
      const overwrite = (input.overwrite ?? 'own') === 'own';
      if (!marksApplications) {
        ctx.logger.warn(
          `The Applications of ${name} get no annotation ${ENTITY_REF_MARK}, so nothing proves whose they are. Add it to spec.template.metadata.annotations`,
        );
      }
      const result = ctx.isDryRun
        ? {
            namespace: manifest.namespace ?? 'argocd',
            created: false,
            updated: false,
          }
        : await ctx.checkpoint({
            key: checkpointKey(ID, {
              instance,
              manifest: manifest.manifest,
              overwrite,
            }),
            fn: async () => {
              // The ref is a claim, so it is checked together with the write.
              await ownership.assertOwned({
                credentials: await ctx.getInitiatorCredentials(),
                entityRef,
              });
              const { signal } = ctx;
              return applyApplicationSet({
                client,
                manifest,
                overwrite,
                signal,
              });
            },
          });
      ctx.logger.info(
        ctx.isDryRun
          ? `Dry run: would apply the ApplicationSet ${name} to ${instance}, for Applications in the project ${project}`
          : describe(name, result),
      );
      ctx.output('name', name);
      ctx.output('namespace', result.namespace);
      ctx.output('instance', instance);
      ctx.output('project', project);
      ctx.output('created', result.created);
      ctx.output('updated', result.updated);
    },
  });
}

function describe(
  name: string,
  { created, updated }: { created: boolean; updated: boolean },
): string {
  if (created) {
    return `Created the ApplicationSet ${name}`;
  }
  return updated
    ? `Updated the ApplicationSet ${name}`
    : `The ApplicationSet ${name} already matches the manifest`;
}

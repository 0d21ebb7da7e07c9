import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { ArgoCdInstances } from '@landfall/backstage-plugin-delivery-node';
import { readFile } from 'node:fs/promises';
import {
  type ApplicationManifest,
  chooseInstance,
  parseApplication,
  parseApplicationYaml,
} from '../argocd';
import { examples } from './argocdApplicationApply.examples';

/**
 * The action `delivery:argocd:application:apply`: creates an Application through
 * Argo CD's API, or updates the one that exists.
 *
 * @public
 */
export function createArgoCdApplicationApplyAction(options: {
  instances: ArgoCdInstances;
}) {
  return createTemplateAction({
    id: 'delivery:argocd:application:apply',
    description:
      'Creates an Argo CD Application, or updates the one that exists',
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
            .describe('YAML file of the workspace that holds one Application'),
        manifest: z =>
          z
            .record(z.any())
            .optional()
            .describe('The Application itself, instead of a path'),
        validate: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Default: true. False: Argo CD takes it even if it can’t render it yet',
            ),
      },
      output: {
        name: z => z.string(),
        namespace: z => z.string(),
        instance: z => z.string(),
        project: z => z.string(),
        url: z => z.string().describe('Its page in Argo CD'),
        created: z => z.boolean().describe('False: it was there already'),
      },
    },
    async handler(ctx) {
      const wanted = await read(ctx.workspacePath, ctx.input);
      const client = chooseInstance(options.instances, ctx.input.instance);
      const { instance } = client;
      const { name, project } = wanted;

      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: ${name} is not applied to ${instance}`);
        const namespace = wanted.namespace ?? 'argocd';
        ctx.output('name', name);
        ctx.output('namespace', namespace);
        ctx.output('instance', instance);
        ctx.output('project', project);
        ctx.output(
          'url',
          `${client.frontendUrl}/applications/${namespace}/${name}`,
        );
        ctx.output('created', false);
        return;
      }

      const result = await ctx.checkpoint({
        key: `delivery.argocd.application.apply.${instance}.${
          wanted.namespace ?? ''
        }.${name}`,
        fn: async () => {
          const before = await client.getApplication(
            { instance, namespace: wanted.namespace, name },
            { project, signal: ctx.signal },
          );
          const after = await client.createApplication(wanted.manifest, {
            upsert: true,
            validate: ctx.input.validate ?? true,
            signal: ctx.signal,
          });
          return { created: !before, namespace: after.ref.namespace };
        },
      });
      const url = `${client.frontendUrl}/applications/${result.namespace}/${name}`;
      ctx.logger.info(
        result.created
          ? `Created ${name}: ${url}`
          : `${name} was there already and is as described now: ${url}`,
      );
      ctx.output('name', name);
      ctx.output('namespace', result.namespace);
      ctx.output('instance', instance);
      ctx.output('project', project);
      ctx.output('url', url);
      ctx.output('created', result.created);
    },
  });
}

async function read(
  workspacePath: string,
  input: { path?: string; manifest?: Record<string, unknown> },
): Promise<ApplicationManifest> {
  if (input.manifest && input.path) {
    throw new InputError(
      'path and manifest exclude one another: give one of them',
    );
  }
  if (input.manifest) {
    return parseApplication(input.manifest, 'The input "manifest"');
  }
  if (!input.path) {
    throw new InputError('Give the Application as path or as manifest');
  }
  const file = resolveSafeChildPath(workspacePath, input.path);
  const text = await readFile(file, 'utf8').catch(error => {
    throw new InputError(
      `${input.path} can't be read from the workspace`,
      error,
    );
  });
  return parseApplicationYaml(text, input.path);
}

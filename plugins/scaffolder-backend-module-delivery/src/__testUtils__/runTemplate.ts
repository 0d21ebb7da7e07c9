import {
  createServiceFactory,
  createBackendModule,
  coreServices,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import {
  type ScaffolderActionsExtensionPoint,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import request from 'supertest';
import yaml from 'yaml';
import { z } from 'zod';

const TEMPLATES = resolve(__dirname, '../../../../templates');

/** For tests: the text of `template.yaml` of one of the templates. */
export function templateText(name: string): string {
  return readFileSync(resolve(TEMPLATES, name, 'template.yaml'), 'utf8');
}

/** A template as the catalog has it. */
function templateEntity(name: string): Entity {
  const entity: Entity = yaml.parse(templateText(name));
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      namespace: 'default',
      annotations: {
        'backstage.io/managed-by-location': `file:${resolve(
          TEMPLATES,
          name,
          'template.yaml',
        )}`,
      },
    },
  };
}

const eventsSchema = z.array(
  z.object({
    type: z.string(),
    body: z.looseObject({
      message: z.string().optional(),
      stepId: z.string().optional(),
      status: z.string().optional(),
      error: z.looseObject({ message: z.string() }).optional(),
      output: z
        .looseObject({
          links: z.array(z.record(z.string(), z.string())).optional(),
          text: z
            .array(z.object({ title: z.string(), content: z.string() }))
            .optional(),
        })
        .optional(),
    }),
  }),
);

/** For tests: how a task ended. */
export interface TaskResult {
  /** Ids of the steps that were carried out, in their order. */
  steps: string[];
  error?: string;
  /** Texts of the output, by title. */
  texts: Record<string, string>;
  links: Record<string, string>[];
}

interface TemplateOptions {
  template: string;
  actions: Parameters<ScaffolderActionsExtensionPoint['addActions']>;
  entities?: Entity[];
  /** Of `scaffolder.defaultEnvironment`. */
  parameters?: Record<string, string>;
  /** What can be read by URL. */
  files?: Record<string, string>;
}

/** The errors of values that the scaffolder doesn't run the template with. */
export interface Refusal {
  refused: string;
}

/** For tests: Backstage's scaffolder with a template. */
export interface RunningTemplate {
  run(values: JsonObject): Promise<TaskResult | Refusal>;
  stop(): Promise<void>;
}

/**
 * For tests: runs a template in Backstage's scaffolder, with these actions besides
 * its own.
 *
 * @returns the result, or the errors of the values if they were refused
 */
export async function runTemplate({
  values,
  ...options
}: TemplateOptions & { values: JsonObject }): Promise<TaskResult | Refusal> {
  const template = await startTemplate(options);
  try {
    return await template.run(values);
  } finally {
    await template.stop();
  }
}

/** For tests: the same, to run a template several times. */
export async function startTemplate(
  options: TemplateOptions,
): Promise<RunningTemplate> {
  const { template, actions, files = {} } = options;
  const backend = await startTestBackend({
    features: [
      scaffolderPlugin,
      createBackendModule({
        pluginId: 'scaffolder',
        moduleId: 'test-actions',
        register: env =>
          env.registerInit({
            deps: { scaffolder: scaffolderActionsExtensionPoint },
            init: async ({ scaffolder }) => scaffolder.addActions(...actions),
          }),
      }),
      catalogServiceMock.factory({
        entities: [templateEntity(template), ...(options.entities ?? [])],
      }),
      createServiceFactory({
        service: coreServices.urlReader,
        deps: {},
        factory: () =>
          mockServices.urlReader.mock({
            readUrl: async url => {
              if (files[url] === undefined) {
                throw new Error(`There is no ${url}`);
              }
              return { buffer: async () => Buffer.from(files[url]) };
            },
          }),
      }),
      mockServices.rootConfig.factory({
        data: {
          scaffolder: {
            defaultEnvironment: { parameters: options.parameters ?? {} },
          },
        },
      }),
    ],
  });
  return {
    stop: () => backend.stop(),
    run: async values => {
      const started = await request(backend.server)
        .post('/api/scaffolder/v2/tasks')
        .send({ templateRef: `template:default/${template}`, values });
      if (started.status !== 201) {
        return { refused: JSON.stringify(started.body) };
      }
      for (;;) {
        const { body } = await request(backend.server).get(
          `/api/scaffolder/v2/tasks/${started.body.id}/events`,
        );
        const events = eventsSchema.parse(body);
        const end = events.find(({ type }) => type === 'completion');
        if (end) {
          const { error, output } = end.body;
          return {
            steps: events.flatMap(({ body: { stepId, status } }) =>
              stepId && (status === 'completed' || status === 'failed')
                ? [stepId]
                : [],
            ),
            ...(error && { error: error.message }),
            texts: Object.fromEntries(
              (output?.text ?? []).map(({ title, content }) => [
                title,
                content,
              ]),
            ),
            links: output?.links ?? [],
          };
        }
        await pause(20);
      }
    },
  };
}

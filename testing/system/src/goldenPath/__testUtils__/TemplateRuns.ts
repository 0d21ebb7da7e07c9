import {
  type BackendFeature,
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { type Entity, entitySchemaValidator } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import giteaModule from '@backstage/plugin-scaffolder-backend-module-gitea';
import {
  createTemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
import type { JsonObject, JsonValue } from '@backstage/types';
import deliveryModule from '@landfall/backstage-plugin-scaffolder-backend-module-delivery';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import type { StandInCatalog } from './StandInCatalog';
import type { World } from './World';

const FILE = resolve(
  __dirname,
  '../../../../../templates/create-service/template.yaml',
);
const stepsSchema = z.looseObject({
  metadata: z.looseObject({}),
  spec: z.looseObject({ steps: z.array(z.looseObject({ id: z.string() })) }),
});
const TEMPLATE = 'template:default/create-service';
const previewSchema = z.object({
  files: z.array(z.object({ path: z.string(), text: z.string().default('') })),
});
const eventsSchema = z.array(
  z.object({
    type: z.string(),
    body: z.looseObject({
      error: z.looseObject({ message: z.string() }).optional(),
      output: z
        .looseObject({
          text: z
            .array(z.object({ title: z.string(), content: z.string() }))
            .optional(),
        })
        .optional(),
    }),
  }),
);

/** How a run ended. */
export interface RunResult {
  taskId: string;
  error?: string;
  /** Texts of the output, by title. */
  texts: Record<string, string>;
}

/** Another Git host than the sandbox's, where services get their source repositories. */
export interface SourceHostOptions {
  /** The module with the host's publish action. */
  module: BackendFeature | Promise<{ default: BackendFeature }>;
  integrations: Record<string, JsonValue>;
  /** Of `scaffolder.defaultEnvironment.parameters`. */
  parameters: Record<string, string>;
}

/** The template, with a step after each of its own that can end the portal's life. */
export function mortalTemplate(): { entity: Entity; steps: string[] } {
  const { metadata, spec, ...rest } = stepsSchema.parse(
    parse(readFileSync(FILE, 'utf8')),
  );
  const entity = entitySchemaValidator()({
    ...rest,
    metadata: {
      ...metadata,
      namespace: 'default',
      annotations: { 'backstage.io/managed-by-location': `file:${FILE}` },
    },
    spec: {
      ...spec,
      steps: spec.steps.flatMap(step => [
        step,
        {
          id: `after-${step.id}`,
          name: `After ${step.id}`,
          action: 'test:after-step',
          input: { step: step.id },
        },
      ]),
    },
  });
  return { entity, steps: spec.steps.map(({ id }) => id) };
}

/** A portal's scaffolder with the actions of the delivery module. */
export class TemplateRuns {
  static async start(
    world: World,
    catalog: StandInCatalog,
    ownerships: string[],
    sourceHost?: SourceHostOptions,
  ): Promise<TemplateRuns> {
    const backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        sourceHost?.module ?? giteaModule,
        deliveryModule,
        createBackendModule({
          pluginId: 'scaffolder',
          moduleId: 'after-step',
          register: env =>
            env.registerInit({
              deps: { scaffolder: scaffolderActionsExtensionPoint },
              init: async ({ scaffolder }) =>
                scaffolder.addActions(
                  createTemplateAction({
                    id: 'test:after-step',
                    schema: { input: { step: zod => zod.string() } },
                    handler: async ({ input }) =>
                      world.life.endStep(input.step),
                  }),
                ),
            }),
        }),
        createServiceFactory({
          service: catalogServiceRef,
          deps: { reader: coreServices.urlReader },
          factory: ({ reader }) => catalog.serviceFor(reader),
        }),
        createServiceFactory({
          service: coreServices.userInfo,
          deps: {},
          factory: () =>
            mockServices.userInfo({ ownershipEntityRefs: ownerships }),
        }),
        mockServices.rootConfig.factory({
          data: {
            ...world.config,
            integrations: {
              ...world.config.integrations,
              ...sourceHost?.integrations,
            },
            backend: { reading: { allow: [{ host: world.gitHost }] } },
            scaffolder: {
              defaultAuthor: { name: 'Portal', email: 'portal@example.com' },
              defaultEnvironment: {
                parameters: {
                  gitHost: world.gitHost,
                  configRepository: world.configRepository,
                  configBranch: 'main',
                  argocdNamespace: 'argocd',
                  destinationServer: 'https://kubernetes.default.svc',
                  gitCredentials: 'repocreds',
                  ...sourceHost?.parameters,
                },
              },
            },
          },
        }),
      ],
    });
    return new TemplateRuns(
      `http://127.0.0.1:${backend.server.port()}/api/scaffolder`,
      () => backend.stop(),
    );
  }

  private constructor(
    private readonly url: string,
    readonly stop: () => Promise<void>,
  ) {}

  /** Runs the template from the start, as a new task. */
  async run(values: JsonObject): Promise<RunResult> {
    const { id } = z.object({ id: z.string() }).parse(
      await this.#post('/v2/tasks', {
        templateRef: TEMPLATE,
        values,
      }),
    );
    return this.#end(id);
  }

  /** Resumes a task that failed, with its checkpoints. */
  async resume({ taskId }: RunResult): Promise<RunResult> {
    await this.#post(`/v2/tasks/${taskId}/retry`, {});
    return this.#end(taskId);
  }

  /** The files that the form shows, by path. */
  async preview(values: JsonObject): Promise<Record<string, string>> {
    const { files } = previewSchema.parse(
      await this.#post('/delivery/preview', {
        templateRef: TEMPLATE,
        values,
      }),
    );
    return Object.fromEntries(files.map(({ path, text }) => [path, text]));
  }

  async #post(path: string, body: object): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(`${response.status} ${await response.text()}`);
    }
    return response.json();
  }

  async #end(taskId: string): Promise<RunResult> {
    for (;;) {
      const response = await fetch(`${this.url}/v2/tasks/${taskId}/events`);
      const events = eventsSchema.parse(await response.json());
      const end = events.find(({ type }) => type === 'completion');
      if (end) {
        const { error, output } = end.body;
        return {
          taskId,
          ...(error && { error: error.message }),
          texts: Object.fromEntries(
            (output?.text ?? []).map(({ title, content }) => [title, content]),
          ),
        };
      }
      await pause(50);
    }
  }
}

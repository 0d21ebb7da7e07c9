import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import azureModule from '@backstage/plugin-scaffolder-backend-module-azure';
import bitbucketCloudModule from '@backstage/plugin-scaffolder-backend-module-bitbucket-cloud';
import bitbucketServerModule from '@backstage/plugin-scaffolder-backend-module-bitbucket-server';
import giteaModule from '@backstage/plugin-scaffolder-backend-module-gitea';
import githubModule from '@backstage/plugin-scaffolder-backend-module-github';
import gitlabModule from '@backstage/plugin-scaffolder-backend-module-gitlab';
import deliveryModule from '@landfall/backstage-plugin-scaffolder-backend-module-delivery';
import { Validator } from 'jsonschema';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const TEMPLATES = resolve(__dirname, '../../../../templates');
const stepsSchema = z.object({
  spec: z.object({
    steps: z.array(
      z.looseObject({
        id: z.string(),
        action: z.string(),
        input: z.record(z.string(), z.unknown()).default({}),
      }),
    ),
  }),
});
const actionsSchema = z.array(
  z.object({
    id: z.string(),
    schema: z
      .object({ input: z.record(z.string(), z.unknown()).optional() })
      .optional(),
  }),
);

describe('the publish steps of create-service', () => {
  const { spec } = stepsSchema.parse(
    parse(
      readFileSync(resolve(TEMPLATES, 'create-service/template.yaml'), 'utf8'),
    ),
  );
  const steps = spec.steps.filter(({ action }) =>
    action.startsWith('publish:'),
  );
  let schemas: Map<string, Record<string, unknown> | undefined>;

  beforeAll(async () => {
    // No host is configured: the modules start all the same.
    const backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        azureModule,
        bitbucketCloudModule,
        bitbucketServerModule,
        giteaModule,
        githubModule,
        gitlabModule,
        deliveryModule,
        catalogServiceMock.factory({ entities: [] }),
        mockServices.rootConfig.factory({ data: {} }),
      ],
    });
    const response = await fetch(
      `http://127.0.0.1:${backend.server.port()}/api/scaffolder/v2/actions`,
    );
    schemas = new Map(
      actionsSchema
        .parse(await response.json())
        .map(({ id, schema }) => [id, schema?.input]),
    );
    await backend.stop();
  });

  it('has one for each kind of host', () => {
    expect(steps.map(({ action }) => action).sort()).toEqual([
      'publish:azure',
      'publish:bitbucketCloud',
      'publish:bitbucketServer',
      'publish:gitea',
      'publish:github',
      'publish:gitlab',
    ]);
  });

  it.each(steps)('gives $action the inputs that it takes', step => {
    const schema = schemas.get(step.action);
    expect(schema).toMatchObject({ additionalProperties: false });
    const errors = (input: object) =>
      new Validator().validate(input, schema ?? {}).errors.map(String);
    expect(errors(step.input)).toEqual([]);
    expect(errors({ ...step.input, unknown: 1 })).not.toEqual([]);
    // Otherwise it would be the action's own default, which is another one.
    expect(step.input).toMatchObject({
      defaultBranch: 'main',
      sourcePath: './source',
    });
  });
});

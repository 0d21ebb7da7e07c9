import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createFetchPlainAction } from '@backstage/plugin-scaffolder-backend';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { render, template } from './createService';

/** Copies a folder of the template into another, as its steps do. */
export async function copy(
  workspace: string,
  skeleton: string,
  targetPath: string,
  baseUrl = `file://${template}/template.yaml`,
): Promise<string> {
  const action = createFetchPlainAction({
    integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
    reader: mockServices.urlReader.mock(),
  });
  await action.handler(
    createMockActionContext({
      input: { url: `./skeleton/${skeleton}`, targetPath },
      workspacePath: workspace,
      templateInfo: { entityRef: 'template:default/create-service', baseUrl },
    }),
  );
  return join(workspace, targetPath);
}

/** The source repository of a new service. */
export async function sourceOf(
  workspace: string,
  language: string,
  ci = 'github',
): Promise<string> {
  const target = `${language}-${ci}`;
  const folder = await copy(workspace, `languages/${language}`, target);
  await copy(workspace, 'ci/shared', target);
  await copy(workspace, `ci/${ci}`, target);
  const rendered = await render(workspace, 'source', { language });
  cpSync(rendered, folder, { recursive: true });
  return folder;
}

/** Runs a program; Jest's own settings must not reach it. */
export function run(cwd: string, [program, ...args]: string[], env = {}) {
  const { HOME, PATH } = process.env;
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { HOME, PATH, ...env },
  });
  return { status, output: `${stdout}${stderr}${error ?? ''}` };
}

import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import { existsSync, readFileSync } from 'node:fs';
import { createImageUpdaterConfigureAction } from './imageUpdaterConfigure';

const PREFIX = 'argocd-image-updater.argoproj.io';

const APPLICATION = `# Managed by the shop team
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: api
  namespace: argocd # always here
  annotations:
    shop/owner: team
    # Which versions
    ${PREFIX}/image-list: app=shop/api:~1.4
spec:
  source:
    repoURL: https://git.example.com/shop/deploy.git
    path: apps/api
    targetRevision: main
    helm: {}
`;

const UPDATER = `apiVersion: ${PREFIX}/v1alpha1
kind: ImageUpdater
metadata: {name: all, namespace: argocd}
spec:
  applicationRefs:
    - namePattern: '*'
      useAnnotations: true
`;

const action = createImageUpdaterConfigureAction();
type Input = Parameters<typeof action.handler>[0]['input'];

describe('delivery:image-updater:configure', () => {
  const workspace = createMockDirectory();

  beforeEach(() => {
    workspace.setContent({
      'application.yaml': APPLICATION,
      'updater.yaml': UPDATER,
    });
  });

  async function run(input: Partial<Input>, isDryRun = false) {
    const ctx = {
      ...createMockActionContext<Input, JsonObject>({
        workspacePath: workspace.path,
        input: {
          path: 'application.yaml',
          ...(!input.imageUpdater && { checkWith: ['updater.yaml'] }),
          ...input,
        },
      }),
      isDryRun,
    };
    const logged: string[] = [];
    jest.spyOn(ctx.logger, 'info').mockImplementation(text => {
      logged.push(text);
    });
    jest.spyOn(ctx.logger, 'warn').mockImplementation(text => {
      logged.push(`warning: ${text}`);
    });
    await action.handler(ctx);
    const output: Record<string, unknown> = Object.fromEntries(
      jest.mocked(ctx.output).mock.calls,
    );
    return { output, logged: logged.join('\n') };
  }

  const file = (name = 'application.yaml') =>
    readFileSync(workspace.resolve(name), 'utf8');

  it('sets annotations, keeps comments, and changes nothing the second time', async () => {
    const annotations = {
      'image-list': 'app=shop/api:^1',
      [`${PREFIX}/app.force-update`]: true,
    };
    const first = await run({ annotations });
    const written = APPLICATION.replace('~1.4', '^1')
      .replace('spec:\n', '')
      .replace(
        'app=shop/api:^1\n',
        `app=shop/api:^1\n    ${PREFIX}/app.force-update: "true"\nspec:\n`,
      );
    expect(file()).toBe(written);
    expect(first.output).toEqual({
      path: 'application.yaml',
      changed: true,
      content: written,
      findings: [],
    });

    const second = await run({ annotations });
    expect(second.output).toMatchObject({ changed: false, content: written });
    expect(second.logged).toBe('application.yaml has the settings already');
  });

  it('removes an annotation, and adds the first one', async () => {
    await run({
      annotations: { 'image-list': null },
      allowFindings: ['image-list-missing'],
    });
    expect(file()).not.toContain(PREFIX);
    workspace.addContent({
      'application.yaml': APPLICATION.replace(
        / {2}annotations:[^]*(?=spec:)/,
        '',
      ),
    });
    await run({ annotations: { 'image-list': 'app=shop/api:~1.4' } });
    expect(file()).toContain(
      `  annotations:\n    ${PREFIX}/image-list: app=shop/api:~1.4\nspec:`,
    );
  });

  it('writes nothing in a dry run, and says what it would write', async () => {
    const { output, logged } = await run(
      { annotations: { 'image-list': 'app=shop/api:^2' } },
      true,
    );
    expect(file()).toBe(APPLICATION);
    expect(logged).toContain(
      'Dry run: would write application.yaml:\n# Managed',
    );
    expect(logged).toContain('app=shop/api:^2');
    expect(output).toMatchObject({ changed: true });
  });

  it('logs what has no effect, and writes', async () => {
    const { output, logged } = await run({
      annotations: { 'app.platforms': 'linux/arm64' },
    });
    expect(logged).toContain(
      'warning: platforms-ignored: Application argocd/api',
    );
    expect(output.findings).toEqual([
      {
        code: 'platforms-ignored',
        severity: 'warning',
        resource: 'Application argocd/api',
        place: `${PREFIX}/app.platforms`,
        effect:
          'The platforms are ignored, because the strategy semver reads tag names only',
        fix: expect.any(String),
      },
    ]);
    expect(file()).toContain('app.platforms');
  });

  it('refuses what Image Updater can’t do, unless it is allowed', async () => {
    const annotations = { 'app.allow-tags': 'regexp: ^v' };
    await expect(run({ annotations })).rejects.toThrow(
      /Correct them, or list the codes in allowFindings:\nallow-tags-impossible: Application argocd\/api/,
    );
    expect(file()).toBe(APPLICATION);

    const { logged } = await run({
      annotations,
      allowFindings: ['allow-tags-impossible'],
    });
    expect(logged).toContain('warning: allow-tags-impossible');
    expect(file()).toContain('regexp: ^v');
  });

  it('warns that no ImageUpdater was checked', async () => {
    const { output } = await run({
      checkWith: [],
      annotations: { 'image-list': 'app=shop/api:^1' },
    });
    expect(output.findings).toMatchObject([{ code: 'updater-missing' }]);
  });

  const spec = {
    applicationRefs: [
      {
        namePattern: 'api',
        images: [{ alias: 'app', imageName: 'shop/api:^1' }],
      },
    ],
  };

  it('creates an ImageUpdater, and gives an existing one the spec', async () => {
    const path = 'new/updater.yaml';
    const imageUpdater = { name: 'api', namespace: 'argocd', spec };
    await run({ path, imageUpdater });
    expect(file(path)).toBe(`apiVersion: ${PREFIX}/v1alpha1
kind: ImageUpdater
metadata:
  name: api
  namespace: argocd
spec:
  applicationRefs:
    - namePattern: api
      images:
        - alias: app
          imageName: shop/api:^1
`);
    const again = await run({ path, imageUpdater });
    expect(again.output).toMatchObject({ changed: false });

    await run({
      path: 'updater.yaml',
      imageUpdater: { name: 'all', namespace: 'argocd', spec },
    });
    expect(file('updater.yaml')).toContain(
      "metadata: {name: all, namespace: argocd}\nspec:\n  applicationRefs:\n    - namePattern: 'api'\n      images:",
    );
    expect(file('updater.yaml')).not.toContain('useAnnotations');
  });

  it.each<[string, Partial<Input>, string]>([
    ['no settings', {}, 'Set either annotations or imageUpdater'],
    [
      'two kinds of settings',
      { annotations: {}, imageUpdater: { name: 'a', spec: {} } },
      'Set either annotations or imageUpdater',
    ],
    [
      'a key of something else',
      { annotations: { 'other.example.com/image-list': 'x' } },
      "isn't an annotation of Image Updater",
    ],
    [
      'a missing file',
      { path: 'missing.yaml', annotations: {} },
      "missing.yaml can't be read from the workspace",
    ],
    [
      'a path outside',
      { path: '../outside/values.yaml', annotations: {} },
      'Relative path is not allowed',
    ],
    [
      'another application',
      { application: 'web', annotations: {} },
      'has 0 documents of kind Application named web',
    ],
    [
      'an unknown code',
      { annotations: {}, allowFindings: ['wibble'] },
      'allowFindings has codes that no rule has: wibble',
    ],
    [
      'a spec of another shape',
      {
        path: 'new.yaml',
        imageUpdater: { name: 'a', spec: { applicationRefs: 'all' } },
      },
      "new.yaml has a resource that can't be read: spec.applicationRefs",
    ],
  ])('refuses %s', async (_, input, message) => {
    await expect(run(input)).rejects.toThrow(message);
    expect(existsSync(workspace.resolve('new.yaml'))).toBe(false);
  });
});

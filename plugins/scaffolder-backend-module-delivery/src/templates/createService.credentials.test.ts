import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import yaml from 'yaml';
import {
  read,
  render,
  template,
  type Values,
} from '../__testUtils__/createService';
import { createImageUpdaterConfigureAction } from '../actions/imageUpdaterConfigure';

const METHOD = 'argocd-image-updater.argoproj.io/write-back-method';

describe('how the updater of a new service signs in to Git', () => {
  const workspace = createMockDirectory();
  const createdTemplate = createMockDirectory();

  /** Renders an Application, and checks it as the template's next step does. */
  async function settings(change: Partial<Values>): Promise<string> {
    const folder = await render(workspace.path, 'environment', change);
    const path = 'argocd/api/api-dev.yaml';
    const before = read(folder, path);
    await createImageUpdaterConfigureAction().handler(
      createMockActionContext({
        input: {
          path,
          annotations: {},
          checkWith: ['argocd/api/api-dev-image-updater.yaml'],
        },
        workspacePath: folder,
      }),
    );
    expect(read(folder, path)).toBe(before);
    return yaml.parse(before).metadata.annotations[METHOD];
  }

  it.each<[Partial<Values>, string]>([
    [{ gitCredentials: 'repocreds' }, 'git:repocreds'],
    [{ gitCredentials: 'secret:git-creds' }, 'git:secret:git-creds'],
    [
      { gitCredentials: 'secret:argocd/git-creds' },
      'git:secret:argocd/git-creds',
    ],
    [
      {
        gitCredentials: 'secret:delivery/git-creds',
        argocdNamespace: 'delivery',
      },
      'git:secret:delivery/git-creds',
    ],
    [
      {
        gitCredentials: 'secret:git-creds',
        configRepository: 'git@git.example.com:shop/deploy.git',
      },
      'git:secret:git-creds',
    ],
    [
      // The sandbox's.
      {
        gitCredentials: 'repocreds',
        configRepository: 'http://127.0.0.1:3300/shop/deploy.git',
        imageRepository: '127.0.0.1:3301/shop/api',
      },
      'git:repocreds',
    ],
  ])('writes %j as %s', async (change, method) => {
    await expect(settings(change)).resolves.toBe(method);
  });

  it.each<[string, Partial<Values>, string]>([
    [
      'a secret of another namespace',
      { gitCredentials: 'secret:shop/git-creds' },
      'credentials-namespace',
    ],
    [
      'a secret beside another Argo CD',
      { gitCredentials: 'secret:argocd/git-creds', argocdNamespace: 'other' },
      'credentials-namespace',
    ],
    [
      'a secret without a name',
      { gitCredentials: 'secret:argocd/' },
      'credentials-unnamed',
    ],
    [
      'a secret that would be sent without TLS',
      {
        gitCredentials: 'secret:git-creds',
        configRepository: 'http://git.example.com/shop/deploy.git',
      },
      'credentials-over-http',
    ],
    [
      'anything else',
      { gitCredentials: 'netrc' },
      'write-back-credentials-invalid',
    ],
  ])('refuses %s, as the updater would', async (_, change, code) => {
    await expect(settings(change)).rejects.toThrow(
      new RegExp(
        `^Image Updater can't do what the settings ask for.+${code}: `,
        's',
      ),
    );
  });

  it.each<[string, Record<string, object>, string]>([
    [
      'the form',
      { parameters: { gitCredentials: 'secret:mine' } },
      'secret:mine',
    ],
    [
      'the form before the configuration',
      {
        parameters: { gitCredentials: 'secret:mine' },
        environment: { parameters: { gitCredentials: 'secret:team' } },
      },
      'secret:mine',
    ],
    [
      'the configuration, if the form says nothing',
      {
        parameters: {},
        environment: { parameters: { gitCredentials: 'secret:team' } },
      },
      'secret:team',
    ],
    [
      'Argo CD, if nothing is configured',
      { parameters: {}, environment: { parameters: {} } },
      'repocreds',
    ],
  ])('takes them from %s', async (_, given, expected) => {
    const { spec } = yaml.parse(read(template, 'template.yaml'));
    const step = spec.steps.find(
      ({ id }: { id: string }) => id === 'renderEnvironments',
    );
    createdTemplate.setContent({
      'skeleton/one.txt': step.input.values.gitCredentials.replace(
        // The action provides everything below "values".
        /(?<![\w.])(parameters|environment)\./g,
        'values.$1.',
      ),
    });
    const folder = await render(
      workspace.path,
      '.',
      given,
      `file://${createdTemplate.resolve('.')}/template.yaml`,
    );

    expect(read(folder, 'one.txt')).toBe(expected);
  });
});

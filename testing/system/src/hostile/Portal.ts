import { freePorts } from '@landfall/testing-kit';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ChildProcess, ROOT, type SandboxProcess } from '../processes';
import { CLAIMS } from './attacks/reading';
import { Estate, OWN, VICTIM } from './Estate';

/**
 * The reference portal as a careful installation runs it: signed-in users, its
 * own permission policy, strict reading, and its own secrets. The attacker is
 * whoever signs in as a guest.
 */
export class Portal {
  static async start(options: {
    sandbox: SandboxProcess;
    folder: string;
    repositoryArn: string;
  }): Promise<Portal> {
    const { sandbox, folder } = options;
    mkdirSync(folder, { recursive: true });
    const catalog = join(folder, 'catalog.yaml');
    writeFileSync(catalog, catalogFile(options.repositoryArn));
    const [port] = await freePorts(1);
    const config = join(folder, 'app-config.yaml');
    writeFileSync(config, stringify(configuration(catalog)));
    const files = [
      'app-config.yaml',
      'app-config.development.yaml',
      'app-config.sandbox.yaml',
    ].map(name => join(ROOT, name));
    const { git, ecr, argocd } = sandbox.urls;
    const child = ChildProcess.start({
      name: 'The portal',
      script: 'packages/backend/src/index.ts',
      args: [...files, config].flatMap(file => ['--config', file]),
      env: {
        NODE_ENV: 'development',
        LANDFALL_PORT: String(port),
        LANDFALL_STATE_DIR: folder,
        SANDBOX_GIT_PORT: new URL(git).port,
        SANDBOX_ECR_PORT: new URL(ecr).port,
        SANDBOX_ARGOCD_PORT: new URL(argocd).port,
        AWS_ENDPOINT_URL_ECR: ecr,
      },
      logFile: join(folder, 'portal.log'),
    });
    const url = `http://127.0.0.1:${port}`;
    await child.answers(`${url}/.backstage/health/v1/readiness`);
    return new Portal(url, child);
  }

  private constructor(readonly url: string, readonly child: ChildProcess) {}

  async stop(): Promise<void> {
    await this.child.stop();
  }
}

function configuration(catalog: string): object {
  return {
    auth: {
      providers: { guest: { userEntityRef: 'user:default/mallory' } },
    },
    permission: {
      policy: {
        grants: [
          {
            to: ['user:default/mallory'],
            permissions: ['scaffolder.task.create'],
          },
        ],
      },
    },
    delivery: {
      access: {
        read: 'strict',
        repositories: [
          {
            accountId: '123456789012',
            names: ['shop/*'],
            owners: ['group:default/shop-team'],
          },
        ],
      },
      events: {
        ecr: { token: 'a-secret-of-this-run-alone' },
        argocd: [{ instance: 'main', token: 'another-secret-of-this-run' }],
      },
    },
    catalog: {
      locations: [
        {
          type: 'file',
          target: catalog,
          rules: [{ allow: ['User', 'Group', 'System', 'Component'] }],
        },
        {
          type: 'file',
          target: join(ROOT, 'templates/create-service/template.yaml'),
          rules: [{ allow: ['Template'] }],
        },
      ],
    },
  };
}

function catalogFile(repositoryArn: string): string {
  const component = (
    name: string,
    team: string,
    annotations: Record<string, string> = {},
  ) => ({
    kind: 'Component',
    metadata: { name, annotations },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: `${team}-team`,
      system: team,
    },
  });
  const teams = ['shop', 'mallory'].flatMap(team => [
    {
      kind: 'Group',
      metadata: { name: `${team}-team` },
      spec: { type: 'team', children: [] },
    },
    {
      kind: 'System',
      metadata: { name: team },
      spec: { owner: `${team}-team` },
    },
  ]);
  const user = (name: string, group: string) => ({
    kind: 'User',
    metadata: { name },
    spec: { memberOf: [group] },
  });
  return [
    ...teams,
    user('dana', 'shop-team'),
    user('mallory', 'mallory-team'),
    component(VICTIM.service, 'shop', {
      'argocd/app-name': Estate.applicationOf(VICTIM.service),
    }),
    component(OWN.service, 'mallory', {
      'argocd/app-name': Estate.applicationOf(OWN.service),
    }),
    ...Object.entries(CLAIMS).map(([name, claim]) =>
      component(name, 'mallory', claim),
    ),
    component('by-arn', 'mallory', {
      'aws.amazon.com/amazon-ecr-arn': repositoryArn,
    }),
    component('by-tags', 'mallory', {
      'aws.amazon.com/amazon-ecr-tags': 'system=shop',
    }),
  ]
    .map(entity =>
      stringify({ apiVersion: 'backstage.io/v1alpha1', ...entity }),
    )
    .join('---\n');
}

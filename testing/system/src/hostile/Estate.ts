import { ENTITY_REF_MARK } from '@landfall/backstage-plugin-delivery-common';
import { CREDENTIALS, EcrJsonClient } from '@landfall/sandbox';
import { chartFiles } from '@landfall/testing-kit';
import { z } from 'zod';
import { TestCluster } from '../faults/TestCluster';
import type { SandboxProcess } from '../processes';

/**
 * The victim's team owns the system `shop`. Its service has a component; its
 * ledger has none.
 */
export const VICTIM = {
  service: 'payments',
  ledger: 'ledger',
  environment: 'prod',
  /** A unique version, so that it can be found in any response. */
  version: '7.7.7',
} as const;

/** The attacker's own service. Its Application refers to its component. */
export const OWN = { service: 'own', version: '1.0.0' } as const;

const rawApplication = z.object({
  metadata: z.looseObject({
    name: z.string(),
    annotations: z.record(z.string(), z.string()).optional(),
    finalizers: z.array(z.string()).optional(),
  }),
  spec: z.unknown(),
});

/**
 * What the victim's team runs, that is applications, repositories, images and
 * files in Git; and the attacker's own service.
 */
export class Estate {
  static async build(options: {
    sandbox: SandboxProcess;
    folder: string;
  }): Promise<Estate> {
    const cluster = TestCluster.of(options);
    const estate = new Estate(options.sandbox, cluster);
    for (const name of [VICTIM.service, VICTIM.ledger]) {
      await estate.add(name, VICTIM.version);
    }
    await estate.add(OWN.service, OWN.version, {
      [ENTITY_REF_MARK]: `component:default/${OWN.service}`,
    });
    return estate;
  }

  private readonly ecr: EcrJsonClient;

  private constructor(
    sandbox: SandboxProcess,
    private readonly cluster: TestCluster,
  ) {
    this.ecr = new EcrJsonClient({
      url: sandbox.urls.ecr,
      credentials: CREDENTIALS.aws,
    });
  }

  /** The name of a service's Application. */
  static applicationOf(service: string): string {
    return `${service}-${VICTIM.environment}`;
  }

  /** The ARN of the victim's service repository. */
  get repositoryArn(): string {
    const { region, accountId } = CREDENTIALS.aws;
    return `arn:aws:ecr:${region}:${accountId}:repository/shop/${VICTIM.service}`;
  }

  /** Everything that no attack may change, in a comparable form. */
  async snapshot(): Promise<Record<string, unknown>> {
    const services = [VICTIM.service, VICTIM.ledger];
    const states = await Promise.all(
      services.map(async service => [
        service,
        {
          application: rawApplication.parse(
            await this.cluster.argocd(
              'GET',
              `/api/v1/applications/${Estate.applicationOf(service)}`,
            ),
          ),
          images: [...(await this.cluster.images(`shop/${service}`))].sort(),
          repository: await this.ecr.call('DescribeRepositories', {
            repositoryNames: [`shop/${service}`],
          }),
          lifecyclePolicy: await this.lifecyclePolicy(`shop/${service}`),
          files: await this.cluster.git.files('deploy', service),
        },
      ]),
    );
    return Object.fromEntries(
      states.map(([service, state]) => [
        String(service),
        withoutChanging(state),
      ]),
    );
  }

  private async lifecyclePolicy(repositoryName: string): Promise<unknown> {
    try {
      return await this.ecr.call('GetLifecyclePolicy', { repositoryName });
    } catch {
      return 'none';
    }
  }

  private async add(
    service: string,
    version: string,
    annotations: Record<string, string> = {},
  ): Promise<void> {
    const path = `apps/${service}`;
    await this.cluster.createImageRepository(`shop/${service}`);
    await this.cluster.push(`shop/${service}`, version);
    await this.cluster.git.commit(
      'deploy',
      `feat: add ${service}`,
      chartFiles(path, {
        repository: this.cluster.imageName(`shop/${service}`),
        tag: version,
      }),
    );
    await this.cluster.createApplication('deploy', {
      name: Estate.applicationOf(service),
      repository: `shop/${service}`,
      path,
      writeBack: 'values',
      automated: true,
      annotations,
    });
    await this.cluster.until(
      Estate.applicationOf(service),
      'is healthy',
      ({ status }) => status.health.status === 'Healthy',
    );
  }
}

/** Removes the fields that Argo CD changes by itself. */
function withoutChanging(state: unknown): unknown {
  return JSON.parse(
    JSON.stringify(state, (key, value) =>
      ['resourceVersion', 'managedFields', 'generation'].includes(key)
        ? undefined
        : value,
    ),
  );
}

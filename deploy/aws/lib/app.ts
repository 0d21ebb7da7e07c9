import { App, type StackProps, Tags } from 'aws-cdk-lib';
import { ClusterStack } from './cluster.ts';
import type { DeployConfig } from './config.ts';
import { DataStack } from './data.ts';
import { DeliveryStack } from './delivery.ts';
import { GitOpsStack } from './gitops.ts';
import { IdentitiesStack } from './identities.ts';
import { NetworkStack } from './network.ts';
import { RegistryStack } from './registry.ts';
import { SecretsStack } from './secrets.ts';

/** Adds all stacks of a deployment to the app, in the order of deployment. */
export function addStacks(app: App, config: DeployConfig): void {
  const { account, region } = config;
  const common = (part: string): StackProps => ({
    stackName: `${config.name}-${part}`,
    env: { account, region },
    terminationProtection: true,
  });
  Tags.of(app).add('landfall:deployment', config.name);

  const { vpc } = new NetworkStack(app, 'Network', {
    ...common('network'),
    config,
  });
  const { cluster } = new ClusterStack(app, 'Cluster', {
    ...common('cluster'),
    config,
    vpc,
  });
  new RegistryStack(app, 'Registry', { ...common('registry'), config });
  const { secrets } = new SecretsStack(app, 'Secrets', {
    ...common('secrets'),
    config,
  });
  const { database } = new DataStack(app, 'Data', {
    ...common('data'),
    config,
    vpc,
    clients: cluster.clusterSecurityGroup,
  });
  const { queue } = new DeliveryStack(app, 'Delivery', {
    ...common('delivery'),
    config,
    secrets,
  });
  const identities = new IdentitiesStack(app, 'Identities', {
    ...common('identities'),
    config,
    cluster,
    queue,
    database,
    secrets,
  });
  const gitOps = new GitOpsStack(app, 'GitOps', {
    ...common('gitops'),
    config,
    cluster,
    outputs: {
      clusterArn: cluster.clusterArn,
      databaseHost: database.host,
      databasePort: database.port,
      databaseBootstrapSecret: database.bootstrap?.secretArn,
      queueUrl: queue.queueUrl,
    },
  });
  // A pod without its association would start with no rights.
  gitOps.addStackDependency(identities);
}

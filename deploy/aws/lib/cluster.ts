import { KubectlV36Layer } from '@aws-cdk/lambda-layer-kubectl-v36';
import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { DeployConfig } from './config.ts';
import { retentionOf } from './retention.ts';

/** EKS in Auto Mode: nodes, load balancers, disks and Pod Identity by AWS. */
export class ClusterStack extends Stack {
  readonly cluster: eks.Cluster;

  constructor(
    scope: Construct,
    id: string,
    {
      config,
      vpc,
      ...props
    }: StackProps & { config: DeployConfig; vpc: ec2.IVpc },
  ) {
    super(scope, id, props);
    const { admins, publicAccessFrom, logRetentionDays } = config.cluster;
    const clusterName = config.name;
    // EKS would create it without a retention.
    const logGroup = new logs.LogGroup(this, 'Logs', {
      logGroupName: `/aws/eks/${clusterName}/cluster`,
      retention: retentionOf(logRetentionDays),
    });
    this.cluster = new eks.Cluster(this, 'Cluster', {
      clusterName,
      vpc,
      vpcSubnets: [{ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }],
      // The newest version that a kubectl layer exists for.
      version: eks.KubernetesVersion.V1_36,
      endpointAccess:
        publicAccessFrom.length > 0
          ? eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom(...publicAccessFrom)
          : eks.EndpointAccess.PRIVATE,
      secretsEncryptionKey: new kms.Key(this, 'SecretsKey', {
        description: `Secrets of the EKS cluster ${clusterName}`,
        enableKeyRotation: true,
        removalPolicy: RemovalPolicy.RETAIN,
      }),
      clusterLogging: Object.values(eks.ClusterLoggingTypes),
      compute: { nodeRole: this.nodeRole() },
      bootstrapClusterCreatorAdminPermissions: false,
      kubectlProviderOptions: {
        kubectlLayer: new KubectlV36Layer(this, 'Kubectl'),
        privateSubnets: vpc.privateSubnets,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.cluster.node.addDependency(logGroup);
    admins.forEach((principal, index) =>
      this.cluster.grantAccess(`Admin${index}`, principal, [
        eks.AccessPolicy.fromAccessPolicyName('AmazonEKSClusterAdminPolicy', {
          accessScopeType: eks.AccessScopeType.CLUSTER,
        }),
      ]),
    );
  }

  /** With fewer rights than the role that CDK would create. */
  private nodeRole(): iam.Role {
    return new iam.Role(this, 'NodeRole', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: [
        'AmazonEKSWorkerNodeMinimalPolicy',
        'AmazonEC2ContainerRegistryPullOnly',
      ].map(name => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
  }
}

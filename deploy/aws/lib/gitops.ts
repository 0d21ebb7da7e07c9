import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnCapability } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as cr from 'aws-cdk-lib/custom-resources';
import type { Construct, IDependable } from 'constructs';
import { argoCdValues } from './argoCdValues.ts';
import type { DeployConfig } from './config.ts';
import { type PlatformOutputs, rootApplication } from './rootApplication.ts';

const NAMESPACE = 'argocd';

type ManagedArgoCd = Extract<DeployConfig['argocd'], { mode: 'managed' }>;
type HelmArgoCd = Extract<DeployConfig['argocd'], { mode: 'helm' }>;

interface InstalledArgoCd {
  /** The root Application needs it. */
  ready: IDependable;
  /** Where the portal reaches its API. */
  url: string;
}

/**
 * Argo CD, and one root Application that carries what the other stacks put out.
 * All else in the cluster is Argo CD's.
 */
export class GitOpsStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    {
      config,
      cluster,
      outputs,
      ...props
    }: StackProps & {
      config: DeployConfig;
      cluster: eks.Cluster;
      outputs: Omit<PlatformOutputs, 'argoCdUrl'>;
    },
  ) {
    super(scope, id, props);
    const argoCd =
      config.argocd.mode === 'managed'
        ? this.managed(cluster, config, config.argocd)
        : this.helm(cluster, config.argocd, config.portal);
    const root = new eks.KubernetesManifest(this, 'Root', {
      cluster,
      manifest: [
        rootApplication(config, { ...outputs, argoCdUrl: argoCd.url }),
      ],
    });
    root.node.addDependency(argoCd.ready);
  }

  /**
   * The first installation alone: the root Application then manages the same
   * release with the same values. An upgrade is a change of the chart's version
   * there and here.
   */
  private helm(
    cluster: eks.Cluster,
    argocd: HelmArgoCd,
    portal: DeployConfig['portal'],
  ): InstalledArgoCd {
    const ready = new eks.HelmChart(this, 'ArgoCd', {
      cluster,
      chart: 'argo-cd',
      repository: 'https://argoproj.github.io/argo-helm',
      version: argocd.chartVersion,
      release: 'argocd',
      namespace: NAMESPACE,
      createNamespace: true,
      wait: true,
      timeout: Duration.minutes(15),
      values: argoCdValues(argocd, portal),
    });
    return { ready, url: 'http://argocd-server.argocd.svc' };
  }

  /** Argo CD as a capability of EKS, which runs outside the cluster. */
  private managed(
    cluster: eks.Cluster,
    { name }: DeployConfig,
    { identityCenter, adminGroups }: ManagedArgoCd,
  ): InstalledArgoCd {
    const role = new iam.Role(this, 'ArgoCdRole', {
      description: 'The managed Argo CD',
      assumedBy: new iam.ServicePrincipal(
        'capabilities.eks.amazonaws.com',
      ).withSessionTags(),
    });
    const capability = new CfnCapability(this, 'ArgoCdCapability', {
      capabilityName: `${name}-argocd`,
      clusterName: cluster.clusterName,
      type: 'ARGOCD',
      roleArn: role.roleArn,
      // Deleting the capability must not delete what it deployed.
      deletePropagationPolicy: 'RETAIN',
      configuration: {
        argoCd: {
          namespace: NAMESPACE,
          awsIdc: {
            idcInstanceArn: identityCenter.instanceArn,
            ...(identityCenter.region && { idcRegion: identityCenter.region }),
          },
          rbacRoleMappings: [
            {
              role: 'ADMIN',
              identities: adminGroups.map(group => ({
                id: group,
                type: 'SSO_GROUP',
              })),
            },
          ],
        },
      },
    });
    const access = this.allowDeployments(cluster, name, role);
    access.node.addDependency(capability);
    const registration = new eks.KubernetesManifest(this, 'LocalCluster', {
      cluster,
      manifest: [localCluster(cluster)],
    });
    registration.node.addDependency(access);
    return {
      ready: registration,
      url: capability.attrConfigurationArgoCdServerUrl,
    };
  }

  /**
   * The capability makes its own access entry, with rights in Argo CD's
   * namespace alone; CloudFormation can't add a policy to an existing entry.
   */
  private allowDeployments(
    cluster: eks.Cluster,
    clusterName: string,
    role: iam.IRole,
  ): cr.AwsCustomResource {
    const policyArn = `arn:${this.partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`;
    const entry = {
      clusterName,
      principalArn: role.roleArn,
      policyArn,
    };
    return new cr.AwsCustomResource(this, 'ArgoCdAccess', {
      onUpdate: {
        service: 'EKS',
        action: 'associateAccessPolicy',
        parameters: { ...entry, accessScope: { type: 'cluster' } },
        physicalResourceId: cr.PhysicalResourceId.of('argocd-access'),
      },
      onDelete: {
        service: 'EKS',
        action: 'disassociateAccessPolicy',
        parameters: entry,
        ignoreErrorCodesMatching: 'ResourceNotFoundException',
      },
      policy: cr.AwsCustomResourcePolicy.fromStatements([
        new iam.PolicyStatement({
          actions: [
            'eks:AssociateAccessPolicy',
            'eks:DisassociateAccessPolicy',
          ],
          resources: [
            cluster.clusterArn,
            this.formatArn({
              service: 'eks',
              resource: 'access-entry',
              resourceName: `${clusterName}/*`,
            }),
          ],
        }),
      ]),
      installLatestAwsSdk: false,
    });
  }
}

/** The managed Argo CD knows no cluster until one is registered, by its ARN. */
function localCluster(cluster: eks.ICluster): Record<string, unknown> {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'local-cluster',
      namespace: NAMESPACE,
      labels: { 'argocd.argoproj.io/secret-type': 'cluster' },
    },
    stringData: {
      name: 'local-cluster',
      server: cluster.clusterArn,
      project: 'default',
    },
  };
}

import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { DeployConfig } from './config.ts';

/** A finding of cdk-nag that is accepted, and why. */
export interface Acknowledgement {
  /** Of the construct, from the app down. It may not exist in every profile. */
  path: string;
  id: string;
  reason: string;
}

/** The function that CDK makes for an AwsCustomResource. */
const CUSTOM_RESOURCE = 'AWS679f53fac002430cb0da5b7982bd2287';

/** Checks each template by cdk-nag's rules for AWS solutions. */
export function addChecks(app: App, config: DeployConfig): void {
  for (const { path, id, reason } of acknowledgements(config)) {
    const construct = path
      .split('/')
      .reduce<ReturnType<App['node']['tryFindChild']>>(
        (parent, part) => parent?.node.tryFindChild(part),
        app,
      );
    if (construct) {
      Validations.of(construct).acknowledge({ id, reason });
    }
  }
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}

/** All that is accepted; a test refuses one that accepts nothing. */
export function acknowledgements({
  account,
  region,
  name,
  registry,
}: DeployConfig): Acknowledgement[] {
  const managed = (path: string, policies: string[], reason: string) =>
    policies.map(policy => ({
      path,
      id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`,
      reason,
    }));
  const wildcard = (path: string, resource: string, reason: string) => ({
    path,
    id: `AwsSolutions-IAM5[Resource::${resource}]`,
    reason,
  });
  const lambda = [
    'service-role/AWSLambdaBasicExecutionRole',
    'service-role/AWSLambdaVPCAccessExecutionRole',
  ];
  const repositoriesOf = (registries: { account: string; region: string }[]) =>
    registries.flatMap(one =>
      registry.prefixes.map(
        prefix =>
          `arn:aws:ecr:${one.region}:${one.account}:repository/${prefix}/*`,
      ),
    );
  const own = { account, region };
  const kubectl = 'Cluster/Cluster/KubectlProvider';
  return [
    ...managed(
      'Cluster/NodeRole/Resource',
      [
        'AmazonEKSWorkerNodeMinimalPolicy',
        'AmazonEC2ContainerRegistryPullOnly',
      ],
      'The least rights that AWS documents for nodes of Auto Mode',
    ),
    ...managed(
      'Cluster/Cluster/Role/Resource',
      [
        'AmazonEKSClusterPolicy',
        'AmazonEKSComputePolicy',
        'AmazonEKSBlockStoragePolicy',
        'AmazonEKSLoadBalancingPolicy',
        'AmazonEKSNetworkingPolicy',
      ],
      'Auto Mode requires these policies by name',
    ),
    ...managed(
      `${kubectl}/Handler/ServiceRole/Resource`,
      [...lambda, 'AmazonEC2ContainerRegistryReadOnly'],
      "CDK's own kubectl handler",
    ),
    ...managed(
      `${kubectl}/Provider/framework-onEvent/ServiceRole/Resource`,
      lambda,
      "CDK's own kubectl handler",
    ),
    {
      path: `${kubectl}/Handler/ServiceRole/Resource`,
      id: 'AwsSolutions-IAM4[Policy::{"Fn::If":["ClusterKubectlProviderHandlerHasEcrPublic69E09706",{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":iam::aws:policy/AmazonElasticContainerRegistryPublicReadOnly"]]},{"Ref":"AWS::NoValue"}]}]',
      reason: "CDK's own kubectl handler",
    },
    {
      path: `${kubectl}/Handler/Resource`,
      id: 'AwsSolutions-L1',
      reason: 'CDK chooses the runtime of its kubectl handler',
    },
    wildcard(
      `${kubectl}/Provider/framework-onEvent/ServiceRole/DefaultPolicy/Resource`,
      '<ClusterKubectlProviderHandler2E05C68A.Arn>:*',
      'All versions of the one function',
    ),
    ...[
      'Registry/GitHubRole/DefaultPolicy/Resource',
      'Registry/ReleaseRole/DefaultPolicy/Resource',
      'Identities/ImageUpdater/Role/DefaultPolicy/Resource',
    ].map(path =>
      wildcard(path, '*', 'ecr:GetAuthorizationToken has no resource'),
    ),
    wildcard(
      'Identities/ExternalDns/Role/DefaultPolicy/Resource',
      '*',
      'route53:ListHostedZones has no resource',
    ),
    ...(
      [
        ['Registry/GitHubRole', [own]],
        [
          'Identities/Portal/Role',
          [own, ...registry.others.filter(one => one.account === account)],
        ],
        ['Identities/ImageUpdater/Role', [own, ...registry.others]],
      ] as const
    ).flatMap(([role, registries]) =>
      repositoriesOf([...registries]).map(arn =>
        wildcard(
          `${role}/DefaultPolicy/Resource`,
          arn,
          'Services get repositories under this prefix',
        ),
      ),
    ),
    wildcard(
      'Identities/ExternalSecrets/Role/DefaultPolicy/Resource',
      `arn:aws:secretsmanager:${region}:${account}:secret:${name}/*`,
      'The secrets of this deployment and no others',
    ),
    ...['Data', 'GitOps'].flatMap(stack =>
      managed(
        `${stack}/${CUSTOM_RESOURCE}/ServiceRole/Resource`,
        ['service-role/AWSLambdaBasicExecutionRole'],
        "CDK's own handler of AwsCustomResource",
      ),
    ),
    wildcard(
      'GitOps/ArgoCdAccess/CustomResourcePolicy/Resource',
      `arn:aws:eks:${region}:${account}:access-entry/${name}/*`,
      'The ARN of an access entry ends with an id that EKS chooses',
    ),
    {
      path: 'Secrets',
      id: 'AwsSolutions-SMG4',
      reason:
        'Rotated by a script or by the system that issued them; see docs/operations/rotation.md',
    },
    {
      path: 'Data/Instance/Resource',
      id: 'AwsSolutions-RDS3',
      reason: 'The small profile accepts the loss of a zone; ha uses Aurora',
    },
    {
      path: 'Data/Instance/Resource',
      id: 'AwsSolutions-RDS11',
      reason: 'In isolated subnets, another port hides nothing',
    },
  ];
}

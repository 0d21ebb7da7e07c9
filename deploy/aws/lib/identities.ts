import { ArnFormat, Stack, type StackProps } from 'aws-cdk-lib';
import type { ICluster } from 'aws-cdk-lib/aws-eks-v2';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { DeployConfig } from './config.ts';
import type { PortalDatabase } from './data.ts';
import { SERVICE_ACCOUNTS } from './names.ts';
import { PodIdentity } from './podIdentity.ts';
import { repositoryArns } from './registry.ts';
import type { PortalSecrets } from './secrets.ts';

/** Who in the cluster may do what in AWS. */
export class IdentitiesStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    {
      config,
      cluster,
      queue,
      database,
      secrets,
      ...props
    }: StackProps & {
      config: DeployConfig;
      cluster: ICluster;
      queue: IQueue;
      database: PortalDatabase;
      secrets: PortalSecrets;
    },
  ) {
    super(scope, id, props);
    const { prefixes, others } = config.registry;
    const repositoriesOf = (registries: typeof others) => [
      ...repositoryArns(this, prefixes),
      ...registries.flatMap(other => repositoryArns(this, prefixes, other)),
    ];
    this.portal(cluster, {
      repositories: repositoriesOf(
        others.filter(({ account }) => account === config.account),
      ),
      roles: others.flatMap(({ portalRole }) => portalRole ?? []),
      queue,
      database,
    });
    this.imageUpdater(cluster, repositoriesOf(others));
    this.externalSecrets(cluster, config, { secrets, database });
    this.externalDns(cluster, config);
  }

  /** What the READMEs of the plugins ask for; a test compares them. */
  private portal(
    cluster: ICluster,
    {
      repositories,
      roles,
      queue,
      database,
    }: {
      repositories: string[];
      /** Of other accounts, by which it reads images there. */
      roles: string[];
      queue: IQueue;
      database: PortalDatabase;
    },
  ): void {
    const identity = new PodIdentity(this, 'Portal', {
      cluster,
      serviceAccount: SERVICE_ACCOUNTS.portal,
      description: 'The portal: reads and creates repositories, reads events',
    });
    identity.allow(
      'ReadImages',
      [
        'ecr:BatchGetImage',
        'ecr:DescribeImageScanFindings',
        'ecr:DescribeImages',
        'ecr:DescribeRepositories',
        'ecr:GetDownloadUrlForLayer',
        'ecr:ListTagsForResource',
      ],
      repositories,
    );
    identity.allow(
      'CreateRepositories',
      [
        'ecr:CreateRepository',
        'ecr:GetLifecyclePolicy',
        'ecr:GetRepositoryPolicy',
        'ecr:PutImageScanningConfiguration',
        'ecr:PutImageTagMutability',
        'ecr:PutLifecyclePolicy',
        'ecr:SetRepositoryPolicy',
        'ecr:TagResource',
      ],
      repositories,
    );
    if (roles.length > 0) {
      identity.allow('ReadOtherAccounts', ['sts:AssumeRole'], roles);
    }
    queue.grantConsumeMessages(identity.role);
    database.grantConnect(identity.role);
  }

  private imageUpdater(cluster: ICluster, repositories: string[]): void {
    const identity = new PodIdentity(this, 'ImageUpdater', {
      cluster,
      serviceAccount: SERVICE_ACCOUNTS.imageUpdater,
      description: 'Image Updater: reads tags and manifests',
    });
    // The action has no resource.
    identity.allow('SignIn', ['ecr:GetAuthorizationToken'], ['*']);
    identity.allow(
      'ReadImages',
      [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:DescribeImages',
        'ecr:GetDownloadUrlForLayer',
        'ecr:ListImages',
      ],
      repositories,
    );
  }

  private externalSecrets(
    cluster: ICluster,
    { name }: DeployConfig,
    {
      secrets: { key },
      database: { bootstrap },
    }: { secrets: PortalSecrets; database: PortalDatabase },
  ): void {
    const identity = new PodIdentity(this, 'ExternalSecrets', {
      cluster,
      serviceAccount: SERVICE_ACCOUNTS.externalSecrets,
      description: 'External Secrets: reads the secrets of this deployment',
    });
    identity.allow(
      'ReadSecrets',
      ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
      [
        this.formatArn({
          service: 'secretsmanager',
          resource: 'secret',
          resourceName: `${name}/*`,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
        ...(bootstrap ? [bootstrap.secretArn] : []),
      ],
    );
    key.grantDecrypt(identity.role);
    bootstrap?.key.grantDecrypt(identity.role);
  }

  private externalDns(cluster: ICluster, { hostedZone }: DeployConfig): void {
    const identity = new PodIdentity(this, 'ExternalDns', {
      cluster,
      serviceAccount: SERVICE_ACCOUNTS.externalDns,
      description: 'external-dns: writes records of one zone',
    });
    identity.allow(
      'WriteRecords',
      [
        'route53:ChangeResourceRecordSets',
        'route53:ListResourceRecordSets',
        'route53:ListTagsForResources',
      ],
      [`arn:${this.partition}:route53:::hostedzone/${hostedZone.id}`],
    );
    // These actions have no resource.
    identity.allow('FindZones', ['route53:ListHostedZones'], ['*']);
  }
}

import {
  CfnOutput,
  Fn,
  RemovalPolicy,
  Stack,
  type StackProps,
} from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { DeployConfig } from './config.ts';

/** The repositories under the deployment's name, as release.yml names them. */
export const RELEASED = [
  'portal',
  'charts/platform',
  'charts/cluster-config',
  'charts/portal',
  'charts/service',
] as const;

const GITHUB = 'token.actions.githubusercontent.com';

/**
 * What all repositories of a registry have in common. Deployable alone, in an
 * account that only holds images.
 */
export class RegistryStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { config, ...props }: StackProps & { config: DeployConfig },
  ) {
    super(scope, id, props);
    const { prefixes, scanning, github } = config.registry;
    prefixes.forEach((prefix, index) =>
      this.addCreationTemplate(`Template${index}`, prefix, config.registry),
    );
    new ecr.CfnRegistryScanningConfiguration(this, 'Scanning', {
      scanType: scanning,
      rules: [
        {
          scanFrequency:
            scanning === 'ENHANCED' ? 'CONTINUOUS_SCAN' : 'SCAN_ON_PUSH',
          repositoryFilters: [{ filter: '*', filterType: 'WILDCARD' }],
        },
      ],
    });
    if (github) {
      this.addGitHub(config, github);
    }
  }

  /**
   * For repositories that a push, a replication or a pull-through cache creates:
   * the same settings as `delivery:ecr:repository:ensure` gives.
   */
  private addCreationTemplate(
    id: string,
    prefix: string,
    { keepImages, pullAccounts }: DeployConfig['registry'],
  ): void {
    new ecr.CfnRepositoryCreationTemplate(this, id, {
      prefix,
      description: `Repositories of ${prefix}`,
      appliedFor: ['CREATE_ON_PUSH', 'REPLICATION', 'PULL_THROUGH_CACHE'],
      imageTagMutability: 'IMMUTABLE',
      lifecyclePolicy: this.toJsonString(lifecycle(keepImages)),
      ...(pullAccounts.length > 0 && {
        repositoryPolicy: this.toJsonString(pullPolicy(pullAccounts)),
      }),
    });
  }

  private addGitHub(
    { name, registry: { prefixes } }: DeployConfig,
    {
      owner,
      repositories,
      branch,
      provider,
      releasedFrom,
    }: NonNullable<DeployConfig['registry']['github']>,
  ): void {
    const providerArn =
      provider ??
      new iam.CfnOIDCProvider(this, 'GitHub', {
        url: `https://${GITHUB}`,
        clientIdList: ['sts.amazonaws.com'],
      }).attrArn;
    const trust = (subjects: string[]) =>
      new iam.WebIdentityPrincipal(providerArn, {
        StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' },
        StringLike: { [`${GITHUB}:sub`]: subjects },
      });
    this.addPushRole(
      prefixes,
      trust(
        repositories.map(
          repository => `repo:${owner}/${repository}:ref:refs/heads/${branch}`,
        ),
      ),
    );
    if (releasedFrom !== undefined) {
      this.addRelease(
        name,
        trust([`repo:${owner}/${releasedFrom}:environment:release`]),
      );
    }
  }

  /** What a release publishes, and the role that it pushes with. */
  private addRelease(name: string, assumedBy: iam.IPrincipal): void {
    const role = new iam.Role(this, 'ReleaseRole', {
      description: 'Publishes the image and the charts of the portal',
      assumedBy,
    });
    for (const part of RELEASED) {
      new ecr.Repository(this, `Released-${part.replaceAll('/', '-')}`, {
        repositoryName: `${name}/${part}`,
        imageTagMutability: ecr.TagMutability.IMMUTABLE,
        removalPolicy: RemovalPolicy.RETAIN,
      }).grantPullPush(role);
    }
    new CfnOutput(this, 'ReleaseRoleArn', { value: role.roleArn });
  }

  /** The role that workflows of the named repositories push images with. */
  private addPushRole(prefixes: string[], assumedBy: iam.IPrincipal): void {
    const role = new iam.Role(this, 'GitHubRole', {
      description: 'Pushes images from GitHub Actions',
      assumedBy,
    });
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['ecr:GetAuthorizationToken'],
        // The action has no resource.
        resources: ['*'],
      }),
    );
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: [
          'ecr:BatchCheckLayerAvailability',
          'ecr:BatchGetImage',
          'ecr:CompleteLayerUpload',
          'ecr:GetDownloadUrlForLayer',
          'ecr:InitiateLayerUpload',
          'ecr:PutImage',
          'ecr:UploadLayerPart',
        ],
        resources: repositoryArns(this, prefixes),
      }),
    );
  }
}

/** The ARNs of all repositories under the prefixes, by default of the stack's account. */
export function repositoryArns(
  stack: Stack,
  prefixes: string[],
  { account, region }: { account: string; region: string } = stack,
): string[] {
  return prefixes.map(prefix =>
    Fn.join(':', [
      'arn',
      stack.partition,
      'ecr',
      region,
      account,
      `repository/${prefix}/*`,
    ]),
  );
}

function lifecycle(keepImages: number): object {
  return {
    rules: [
      {
        rulePriority: 1,
        description: 'Images that a moved tag left behind',
        selection: {
          tagStatus: 'untagged',
          countType: 'sinceImagePushed',
          countUnit: 'days',
          countNumber: 14,
        },
        action: { type: 'expire' },
      },
      {
        rulePriority: 2,
        description: `All but the newest ${keepImages} versions`,
        selection: {
          tagStatus: 'any',
          countType: 'imageCountMoreThan',
          countNumber: keepImages,
        },
        action: { type: 'expire' },
      },
    ],
  };
}

function pullPolicy(accounts: string[]): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'PullFromOtherAccounts',
        Effect: 'Allow',
        Principal: { AWS: accounts.map(id => `arn:aws:iam::${id}:root`) },
        Action: [
          'ecr:BatchCheckLayerAvailability',
          'ecr:BatchGetImage',
          'ecr:GetDownloadUrlForLayer',
        ],
      },
    ],
  };
}

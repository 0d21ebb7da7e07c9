import { Stack, type StackProps, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { DeployConfig } from './config.ts';
import { retentionOf } from './retention.ts';

/** The VPC: public subnets for load balancers, private ones for all else. */
export class NetworkStack extends Stack {
  readonly vpc: ec2.Vpc;
  private readonly zones: string[];

  constructor(
    scope: Construct,
    id: string,
    { config, ...props }: StackProps & { config: DeployConfig },
  ) {
    super(scope, id, props);
    const { cidr, availabilityZones, natGateways, interfaceEndpoints } =
      config.network;
    this.zones = availabilityZones;
    Validations.of(this).acknowledge({
      id: 'CloudFormation-Validate::W3010',
      reason: 'The configuration names the zones; see there',
    });
    this.vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr(cidr),
      maxAzs: availabilityZones.length,
      natGateways,
      restrictDefaultSecurityGroup: true,
      subnetConfiguration: [
        {
          name: 'Public',
          subnetType: ec2.SubnetType.PUBLIC,
          cidrMask: 24,
          mapPublicIpOnLaunch: false,
        },
        {
          name: 'Private',
          subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS,
          cidrMask: 19,
        },
        {
          name: 'Database',
          subnetType: ec2.SubnetType.PRIVATE_ISOLATED,
          cidrMask: 26,
        },
      ],
      gatewayEndpoints: {
        // Layers of images come from S3.
        S3: { service: ec2.GatewayVpcEndpointAwsService.S3 },
      },
    });
    this.vpc.addFlowLog('FlowLog', {
      destination: ec2.FlowLogDestination.toCloudWatchLogs(
        new logs.LogGroup(this, 'FlowLogs', {
          retention: retentionOf(config.cluster.logRetentionDays),
        }),
      ),
      trafficType: ec2.FlowLogTrafficType.REJECT,
    });
    if (interfaceEndpoints) {
      this.addInterfaceEndpoints();
    }
  }

  /** CDK would look them up, which needs credentials. */
  override get availabilityZones(): string[] {
    return this.zones;
  }

  private addInterfaceEndpoints(): void {
    const services = {
      EcrApi: ec2.InterfaceVpcEndpointAwsService.ECR,
      EcrDocker: ec2.InterfaceVpcEndpointAwsService.ECR_DOCKER,
      Sts: ec2.InterfaceVpcEndpointAwsService.STS,
      Sqs: ec2.InterfaceVpcEndpointAwsService.SQS,
      SecretsManager: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
    };
    for (const [name, service] of Object.entries(services)) {
      this.vpc.addInterfaceEndpoint(name, { service });
    }
  }
}

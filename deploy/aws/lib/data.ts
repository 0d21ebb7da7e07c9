import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as cr from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';
import type { DeployConfig } from './config.ts';
import { DATABASE_USER } from './names.ts';

/** Where the portal's database is, and how a role gets in. */
export interface PortalDatabase {
  host: string;
  port: string;
  /** Lets a role sign in as `landfall` by IAM. */
  grantConnect(role: iam.IRole): void;
  /**
   * The secret of the master user and the key that it is encrypted with, if the
   * portal's user has to be created from within the cluster: only Aurora has an API
   * that runs SQL.
   */
  bootstrap?: { secretArn: string; key: kms.IKey };
}

/** PostgreSQL for the portal: no password, IAM alone. */
export class DataStack extends Stack {
  readonly database: PortalDatabase;

  constructor(
    scope: Construct,
    id: string,
    {
      config,
      vpc,
      clients,
      ...props
    }: StackProps & {
      config: DeployConfig;
      vpc: ec2.IVpc;
      /** Whose connections are let in. */
      clients: ec2.ISecurityGroup;
    },
  ) {
    super(scope, id, props);
    const key = new kms.Key(this, 'Key', {
      description: `Database of ${config.name}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'PostgreSQL of the portal',
      allowAllOutbound: false,
    });
    securityGroup.addIngressRule(
      ec2.Peer.securityGroupId(clients.securityGroupId),
      ec2.Port.tcp(5432),
      'Pods of the cluster',
    );
    const common = {
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      securityGroups: [securityGroup],
      iamAuthentication: true,
      storageEncrypted: true,
      storageEncryptionKey: key,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      copyTagsToSnapshot: true,
      cloudwatchLogsExports: ['postgresql'],
    };
    const database =
      config.database.kind === 'aurora'
        ? this.aurora(config.database, common, key)
        : this.instance(config.database, common, key);
    const { restored } = config.database;
    this.database = restored ? this.restored(database, restored) : database;
  }

  /** A restored database has another address, and another name in IAM's rights. */
  private restored(
    database: PortalDatabase,
    { host, resourceId }: NonNullable<DeployConfig['database']['restored']>,
  ): PortalDatabase {
    return {
      ...database,
      host,
      grantConnect: role =>
        role.addToPrincipalPolicy(
          new iam.PolicyStatement({
            actions: ['rds-db:connect'],
            resources: [
              `arn:${this.partition}:rds-db:${this.region}:${this.account}:dbuser:${resourceId}/${DATABASE_USER}`,
            ],
          }),
        ),
    };
  }

  private aurora(
    {
      minCapacity,
      maxCapacity,
      readers,
      backupDays,
    }: Extract<DeployConfig['database'], { kind: 'aurora' }>,
    common: Partial<rds.DatabaseClusterProps> & { vpc: ec2.IVpc },
    key: kms.Key,
  ): PortalDatabase {
    const cluster = new rds.DatabaseCluster(this, 'Aurora', {
      ...common,
      engine: rds.DatabaseClusterEngine.auroraPostgres({
        version: rds.AuroraPostgresEngineVersion.VER_17_5,
      }),
      credentials: rds.Credentials.fromGeneratedSecret('master', {
        encryptionKey: key,
      }),
      serverlessV2MinCapacity: minCapacity,
      serverlessV2MaxCapacity: maxCapacity,
      writer: rds.ClusterInstance.serverlessV2('Writer'),
      readers: Array.from({ length: readers }, (_, index) =>
        rds.ClusterInstance.serverlessV2(`Reader${index}`, {
          // As large as the writer that it takes over from.
          scaleWithWriter: index === 0,
        }),
      ),
      backup: { retention: Duration.days(backupDays) },
      enableDataApi: true,
    });
    cluster.addRotationSingleUser();
    this.createUser(cluster, key);
    return {
      host: cluster.clusterEndpoint.hostname,
      port: '5432',
      grantConnect: role => cluster.grantConnect(role, DATABASE_USER),
    };
  }

  /** Creates the portal's user by Aurora's Data API, unless it exists. */
  private createUser(cluster: rds.DatabaseCluster, key: kms.Key): void {
    const { secret } = cluster;
    if (!secret) {
      throw new Error('The Aurora cluster has no master secret');
    }
    const sql = `DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${DATABASE_USER}') THEN
    CREATE ROLE ${DATABASE_USER} LOGIN CREATEDB;
  END IF;
  GRANT rds_iam TO ${DATABASE_USER};
END $$`;
    const call: cr.AwsSdkCall = {
      service: 'rds-data',
      action: 'executeStatement',
      parameters: {
        resourceArn: cluster.clusterArn,
        secretArn: secret.secretArn,
        database: 'postgres',
        sql,
      },
      physicalResourceId: cr.PhysicalResourceId.of(DATABASE_USER),
    };
    const user = new cr.AwsCustomResource(this, 'User', {
      onCreate: call,
      onUpdate: call,
      policy: cr.AwsCustomResourcePolicy.fromSdkCalls({
        resources: [cluster.clusterArn],
      }),
      installLatestAwsSdk: false,
    });
    secret.grantRead(user);
    key.grantDecrypt(user);
    user.node.addDependency(cluster);
  }

  private instance(
    {
      instanceType,
      storageGiB,
      backupDays,
    }: Extract<DeployConfig['database'], { kind: 'instance' }>,
    common: Partial<rds.DatabaseInstanceProps> & { vpc: ec2.IVpc },
    key: kms.Key,
  ): PortalDatabase {
    const instance = new rds.DatabaseInstance(this, 'Instance', {
      ...common,
      engine: rds.DatabaseInstanceEngine.postgres({
        version: rds.PostgresEngineVersion.VER_17,
      }),
      credentials: rds.Credentials.fromGeneratedSecret('master', {
        encryptionKey: key,
      }),
      instanceType: new ec2.InstanceType(instanceType),
      allocatedStorage: storageGiB,
      maxAllocatedStorage: storageGiB * 5,
      backupRetention: Duration.days(backupDays),
      // The root certificates that the portal's chart carries.
      caCertificate: rds.CaCertificate.RDS_CA_RSA2048_G1,
    });
    instance.addRotationSingleUser();
    return {
      host: instance.dbInstanceEndpointAddress,
      port: instance.dbInstanceEndpointPort,
      grantConnect: role => instance.grantConnect(role, DATABASE_USER),
      bootstrap: instance.secret && {
        secretArn: instance.secret.secretArn,
        key,
      },
    };
  }
}

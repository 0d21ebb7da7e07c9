import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { DeployConfig } from './config.ts';
import type { PortalSecrets } from './secrets.ts';

/**
 * What the portal is notified of. Pushes, removals and replicated copies concern
 * versions; completed scans change what is known of one.
 */
export const ECR_EVENTS: events.EventPattern = {
  source: ['aws.ecr'],
  detailType: ['ECR Image Action', 'ECR Replication Action', 'ECR Image Scan'],
};

/** Events of ECR on their way to the portal, and alarms where they get lost. */
export class DeliveryStack extends Stack {
  readonly queue: sqs.Queue;

  constructor(
    scope: Construct,
    id: string,
    {
      config,
      secrets,
      ...props
    }: StackProps & { config: DeployConfig; secrets: PortalSecrets },
  ) {
    super(scope, id, props);
    const key = new kms.Key(this, 'Key', {
      description: `Events of ${config.name}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const queueOptions: sqs.QueueProps = {
      encryption: sqs.QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
    };
    const deadLetters = new sqs.Queue(this, 'DeadLetters', {
      ...queueOptions,
      retentionPeriod: Duration.days(14),
    });
    this.queue = new sqs.Queue(this, 'Queue', {
      ...queueOptions,
      // Older events are worth nothing: the portal reads every repository anew
      // every few minutes.
      retentionPeriod: Duration.hours(1),
      visibilityTimeout: Duration.minutes(1),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
    });
    new events.Rule(this, 'EcrEvents', {
      description: 'Images that were pushed, removed or scanned',
      eventPattern: ECR_EVENTS,
      targets: [
        new targets.SqsQueue(this.queue, { deadLetterQueue: deadLetters }),
      ],
    });
    this.receiveFromOthers(config);
    const { webhookUrl } = config.imageUpdater;
    if (webhookUrl) {
      this.notifyImageUpdater(webhookUrl, secrets, deadLetters);
    }
    this.addAlarms(config, key, deadLetters);
  }

  /** Lets other accounts forward their events of ECR, and nothing else, to this bus. */
  private receiveFromOthers({ account: own, registry }: DeployConfig): void {
    const accounts = new Set(registry.others.map(({ account }) => account));
    accounts.delete(own);
    for (const account of accounts) {
      new events.CfnEventBusPolicy(this, `EventsOf${account}`, {
        statementId: `ecr-of-${account}`,
        statement: {
          Effect: 'Allow',
          Principal: { AWS: `arn:${this.partition}:iam::${account}:root` },
          Action: 'events:PutEvents',
          Resource: this.formatArn({
            service: 'events',
            resource: 'event-bus',
            resourceName: 'default',
          }),
          Condition: { StringEquals: { 'events:source': 'aws.ecr' } },
        },
      });
    }
  }

  /** Image Updater's webhook wants CloudEvents; the rule makes them. */
  private notifyImageUpdater(
    endpoint: string,
    secrets: PortalSecrets,
    deadLetterQueue: sqs.Queue,
  ): void {
    const connection = new events.Connection(this, 'ImageUpdaterConnection', {
      description: "Image Updater's webhook",
      authorization: events.Authorization.apiKey(
        'X-Webhook-Secret',
        secrets.updaterWebhook.secretValue,
      ),
    });
    const field = (path: string) => events.EventField.fromPath(`$.${path}`);
    new events.Rule(this, 'PushesToImageUpdater', {
      description: 'Tags that were pushed',
      eventPattern: {
        source: ['aws.ecr'],
        detailType: ['ECR Image Action'],
        detail: {
          'action-type': ['PUSH'],
          result: ['SUCCESS'],
          // A push of an untagged part of an index is no version.
          'image-tag': events.Match.exists(),
        },
      },
      targets: [
        new targets.ApiDestination(
          new events.ApiDestination(this, 'ImageUpdater', {
            connection,
            endpoint,
            httpMethod: events.HttpMethod.POST,
            rateLimitPerSecond: 10,
          }),
          {
            deadLetterQueue,
            headerParameters: {
              'Content-Type': 'application/cloudevents+json',
            },
            event: events.RuleTargetInput.fromObject({
              specversion: '1.0',
              type: 'com.amazon.ecr.image.push',
              source: `urn:aws:ecr:${field('region')}:${field(
                'account',
              )}:repository/${field('detail.repository-name')}`,
              id: field('id'),
              time: field('time'),
              subject: `${field('detail.repository-name')}:${field(
                'detail.image-tag',
              )}`,
              datacontenttype: 'application/json',
              data: {
                repositoryName: field('detail.repository-name'),
                imageDigest: field('detail.image-digest'),
                imageTag: field('detail.image-tag'),
                registryId: field('account'),
              },
            }),
          },
        ),
      ],
    });
  }

  private addAlarms(
    { name, alarmEmail }: DeployConfig,
    key: kms.Key,
    deadLetters: sqs.Queue,
  ): void {
    // CloudWatch encrypts what it publishes with the topic's key.
    key.grantEncryptDecrypt(
      new iam.ServicePrincipal('cloudwatch.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    const topic = new sns.Topic(this, 'Alarms', {
      displayName: `Alarms of ${name}`,
      masterKey: key,
      enforceSSL: true,
    });
    if (alarmEmail) {
      topic.addSubscription(new EmailSubscription(alarmEmail));
    }
    const alarms = [
      new cloudwatch.Alarm(this, 'DeadLettersAlarm', {
        alarmDescription:
          'Events of ECR could not be delivered; see docs/operations/alarms.md.',
        metric: deadLetters.metricApproximateNumberOfMessagesVisible(),
        threshold: 0,
        comparisonOperator:
          cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods: 1,
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      }),
      new cloudwatch.Alarm(this, 'QueueAgeAlarm', {
        alarmDescription:
          'The portal has read no events for ten minutes; see docs/operations/alarms.md.',
        metric: this.queue.metricApproximateAgeOfOldestMessage(),
        threshold: Duration.minutes(10).toSeconds(),
        evaluationPeriods: 2,
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      }),
    ];
    alarms.forEach(alarm => alarm.addAlarmAction(new SnsAction(topic)));
  }
}

import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { DeployConfig } from './config.ts';
import { SECRETS } from './names.ts';

/** The secrets that other stacks refer to. */
export interface PortalSecrets {
  key: kms.IKey;
  updaterWebhook: secretsmanager.ISecret;
}

const GENERATED = new Set<string>([
  SECRETS.session,
  SECRETS.notifications,
  SECRETS.updaterWebhook,
]);

/**
 * All secrets under `<name>/`. Those that only people or scripts can fill are
 * created empty, so that their names, key and rights are there beforehand.
 */
export class SecretsStack extends Stack {
  readonly secrets: PortalSecrets;

  constructor(
    scope: Construct,
    id: string,
    { config, ...props }: StackProps & { config: DeployConfig },
  ) {
    super(scope, id, props);
    const key = new kms.Key(this, 'Key', {
      description: `Secrets of ${config.name}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const create = (id_: string, path: string) =>
      new secretsmanager.Secret(this, id_, {
        secretName: `${config.name}/${path}`,
        encryptionKey: key,
        removalPolicy: RemovalPolicy.RETAIN,
        generateSecretString: GENERATED.has(path)
          ? { passwordLength: 48, excludePunctuation: true }
          : { secretStringTemplate: '{}', generateStringKey: 'unset' },
      });
    const { updaterWebhook: webhook, ...others } = SECRETS;
    Object.entries(others).forEach(([id_, path]) => create(id_, path));
    const updaterWebhook = create('updaterWebhook', webhook);
    this.secrets = { key, updaterWebhook };
  }
}

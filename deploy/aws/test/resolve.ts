import type { Stack } from './deployment.ts';

const ACCOUNT = '123456789012';
const REGION = 'eu-west-1';

/** ARNs of resources that policies refer to, by their types. */
const ARNS: Record<string, (id: string) => string> = {
  'AWS::SQS::Queue': id => `arn:aws:sqs:${REGION}:${ACCOUNT}:${id}`,
  'AWS::KMS::Key': () =>
    `arn:aws:kms:${REGION}:${ACCOUNT}:key/00000000-0000-4000-8000-000000000000`,
  'AWS::SecretsManager::Secret': id =>
    `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${id}-AbCdEf`,
  'AWS::EKS::Cluster': id => `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/${id}`,
  'AWS::Lambda::Function': id =>
    `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${id}`,
  'AWS::RDS::DBCluster': id =>
    `arn:aws:rds:${REGION}:${ACCOUNT}:cluster:${id.toLowerCase()}`,
  'AWS::ECR::Repository': id =>
    `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/${id.toLowerCase()}`,
  'AWS::Logs::LogGroup': id =>
    `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${id}:*`,
  'AWS::IAM::Role': id => `arn:aws:iam::${ACCOUNT}:role/${id}`,
  'AWS::Events::ApiDestination': id =>
    `arn:aws:events:${REGION}:${ACCOUNT}:api-destination/${id}/0`,
  'AWS::StepFunctions::StateMachine': id =>
    `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${id}`,
};

/**
 * Fills in what CloudFormation would, with names that have the form of real ones,
 * across all stacks of an app.
 */
export class Resolver {
  private readonly exports = new Map<
    string,
    { stack: Stack; value: unknown }
  >();

  constructor(stacks: Stack[]) {
    for (const stack of stacks) {
      for (const { Value, Export } of Object.values(
        stack.template.Outputs ?? {},
      )) {
        if (Export) {
          this.exports.set(Export.Name, { stack, value: Value });
        }
      }
    }
  }

  resolve(stack: Stack, value: unknown): unknown {
    if (Array.isArray(value)) {
      return value
        .map(item => this.resolve(stack, item))
        .filter(item => item !== undefined);
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const [[key, operand], ...others] = Object.entries(value);
    if (others.length === 0 && (key === 'Ref' || key.startsWith('Fn::'))) {
      return this.intrinsic(stack, key, operand);
    }
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [
        name,
        this.resolve(stack, part),
      ]),
    );
  }

  private intrinsic(stack: Stack, key: string, operand: unknown): unknown {
    const list = Array.isArray(operand) ? operand : [operand];
    switch (key) {
      case 'Ref':
        return this.ref(stack, String(operand));
      case 'Fn::GetAtt':
        return this.attribute(stack, String(list[0]), String(list[1]));
      case 'Fn::Join': {
        const parts = this.resolve(stack, list[1]);
        return Array.isArray(parts) ? parts.join(String(list[0])) : '';
      }
      case 'Fn::ImportValue': {
        const found = this.exports.get(String(operand));
        if (!found) {
          throw new Error(`nothing exports ${operand}`);
        }
        return this.resolve(found.stack, found.value);
      }
      case 'Fn::If':
        return this.resolve(stack, list[1]);
      default:
        throw new Error(`${key} isn't filled in here`);
    }
  }

  private ref(stack: Stack, name: string): string | undefined {
    const pseudo: Record<string, string | undefined> = {
      'AWS::AccountId': ACCOUNT,
      'AWS::Region': REGION,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::NoValue': undefined,
    };
    if (name.startsWith('AWS::')) {
      return pseudo[name];
    }
    const type = stack.template.Resources[name]?.Type ?? '';
    // A secret's `Ref` is its ARN.
    return type.startsWith('AWS::SecretsManager::')
      ? ARNS['AWS::SecretsManager::Secret'](name)
      : name;
  }

  private attribute(stack: Stack, id: string, attribute: string): string {
    const arn = ARNS[stack.template.Resources[id]?.Type ?? ''];
    if (attribute.endsWith('Arn') && arn) {
      return arn(id);
    }
    return attribute.endsWith('ResourceId') ? `db-${id.toUpperCase()}` : id;
  }
}

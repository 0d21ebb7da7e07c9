import { AwsError } from '../aws.mjs';
import { Failure } from '../say.mjs';

/** A secret of Secrets Manager with several values, by their keys. */
export class SecretStore {
  constructor(aws, name) {
    this.aws = aws;
    this.name = name;
  }

  /** @throws Failure if the secret doesn't exist or isn't a JSON object */
  async read() {
    let text;
    try {
      ({ SecretString: text } = await this.aws.call(
        'secretsmanager',
        'get-secret-value',
        { SecretId: this.name },
      ));
    } catch (error) {
      if (
        error instanceof AwsError &&
        error.code === 'ResourceNotFoundException'
      ) {
        throw new Failure(
          `There is no secret ${this.name}: deploy the stack Secrets first.`,
        );
      }
      throw error instanceof AwsError ? new Failure(error.message) : error;
    }
    try {
      // Until it is filled, it holds what CDK generated.
      const { unset, ...values } = JSON.parse(text);
      return values;
    } catch {
      throw new Failure(
        `The secret ${this.name} isn't a JSON object: write {} into it, and run this again.`,
      );
    }
  }

  async write(values) {
    try {
      await this.aws.call('secretsmanager', 'put-secret-value', {
        SecretId: this.name,
        SecretString: JSON.stringify(values),
      });
    } catch (error) {
      throw error instanceof AwsError ? new Failure(error.message) : error;
    }
  }
}

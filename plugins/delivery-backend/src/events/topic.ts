/**
 * The topic of ECR's EventBridge events that come in by HTTP.
 *
 * @internal
 */
export const ECR_TOPIC = 'aws.ecr';

/**
 * The topic of those that come in by SQS: that module's configuration can't name
 * a topic with a dot.
 *
 * @internal
 */
export const ECR_SQS_TOPIC = 'aws-ecr';

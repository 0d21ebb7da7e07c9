/**
 * The topic of ECR's EventBridge events that arrive by HTTP.
 *
 * @internal
 */
export const ECR_TOPIC = 'aws.ecr';

/**
 * The topic of ECR's EventBridge events that arrive by SQS. The configuration of
 * Backstage's SQS module doesn't allow a dot in a topic.
 *
 * @internal
 */
export const ECR_SQS_TOPIC = 'aws-ecr';

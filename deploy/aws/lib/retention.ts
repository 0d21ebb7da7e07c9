import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { DeployConfig } from './config.ts';

const RETENTION: Record<
  DeployConfig['cluster']['logRetentionDays'],
  RetentionDays
> = {
  30: RetentionDays.ONE_MONTH,
  90: RetentionDays.THREE_MONTHS,
  365: RetentionDays.ONE_YEAR,
};

/** CloudWatch's retention for a number of days of the configuration. */
export function retentionOf(
  days: DeployConfig['cluster']['logRetentionDays'],
): RetentionDays {
  return RETENTION[days];
}

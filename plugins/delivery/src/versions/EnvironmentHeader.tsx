import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { HealthStatus } from '@landfall/backstage-plugin-delivery-common';
import {
  HealthStatusLabel,
  SyncStatusLabel,
  type SyncState,
} from '../components/status';
import { deliveryTranslationRef } from '../translation';
import { useGridStyles } from './styles';

/** The worst state of an environment's applications. @internal */
export interface EnvironmentSummary {
  health: { status: HealthStatus; reason?: string };
  sync: SyncState;
  /** Whether some of them can't be read now. */
  isStale: boolean;
}

/**
 * An environment with the worst state of its applications, so that the grid
 * answers what is well, too.
 *
 * @internal
 */
export function EnvironmentHeader(props: {
  environment: string;
  /** Absent until the deployments are read. */
  summary?: EnvironmentSummary;
}) {
  const { environment, summary } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useGridStyles();
  return (
    <>
      <div className={classes.name}>{environment}</div>
      {summary && (
        <div className={classes.secondary}>
          <div>
            <HealthStatusLabel
              status={summary.health.status}
              reason={summary.health.reason}
            />
          </div>
          <div>
            <SyncStatusLabel sync={summary.sync} />
          </div>
          {summary.isStale && <div>{t('versions.lastKnown')}</div>}
        </div>
      )}
    </>
  );
}

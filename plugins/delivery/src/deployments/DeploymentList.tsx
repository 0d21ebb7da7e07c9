import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import type { DeploymentsResponse } from '@landfall/backstage-plugin-delivery-common';
import type { Availability } from '../images/availability';
import { PartBoundary } from '../components/PartBoundary';
import { ProblemList } from '../components/ProblemList';
import { GREYED } from '../components/rowStyles';
import { Skeleton } from '../components/Skeleton';
import { partStateOf, SteadyPart } from '../components/SteadyPart';
import { TruncatedNote } from '../components/TruncatedNote';
import { deliveryTranslationRef } from '../translation';
import { withSettings, type DeploymentsCardSettings } from './cardSettings';
import { EmptyDeployments } from './EmptyDeployments';
import { EnvironmentList } from './EnvironmentList';
import { InstanceNotes } from './InstanceNotes';
import { ReadError } from './ReadError';
import { toRows } from './rows';
import { UnderWay } from './UnderWay';
import { instancesToExplain } from './unreadInstances';
import type { LiveDeployments } from './useDeployments';

const useStyles = makeStyles(
  theme => ({
    old: { color: theme.palette.text.secondary, ...GREYED },
  }),
  { name: 'LandfallDeploymentList' },
);

/** @internal */
export interface DeploymentListProps {
  name: string;
  deployments: LiveDeployments;
  /** Availabilities by deployment key. */
  availabilities?: ReadonlyMap<string, Availability>;
  /** Leaves out the promotions under way, for pages that list all promotions. */
  withoutPromotions?: boolean;
  /** What to show of them; default: everything. */
  settings?: DeploymentsCardSettings;
}

/**
 * A line per environment, followed by the promotions under way; or why there is
 * nothing to show.
 *
 * @internal
 */
export function DeploymentList(props: DeploymentListProps) {
  const { name, deployments } = props;
  const { data } = deployments;
  return (
    <SteadyPart
      part="deployments"
      scope={name}
      state={partStateOf(deployments)}
      placeholder={height => <Skeleton height={height} />}
    >
      <PartBoundary>
        <ReadError name={name} deployments={deployments} />
        {data && <KnownDeployments {...props} data={data} />}
      </PartBoundary>
    </SteadyPart>
  );
}

function KnownDeployments(
  props: DeploymentListProps & { data: DeploymentsResponse },
) {
  const { name, deployments, data, availabilities, settings = {} } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const { error, change } = deployments;
  const rows = toRows(withSettings(data, settings), availabilities);
  return (
    <>
      <ProblemList label={t('deployments.problems')} problems={data.problems} />
      <InstanceNotes instances={instancesToExplain(data)} />
      {rows.length === 0 ? (
        <EmptyDeployments name={name} data={data} settings={settings} />
      ) : (
        <>
          <TruncatedNote truncated={data.truncated} />
          <div className={error && classes.old}>
            <EnvironmentList
              rows={rows}
              change={change}
              max={settings.maxEnvironments}
            />
            {!props.withoutPromotions && (
              <PartBoundary>
                <UnderWay rows={rows} />
              </PartBoundary>
            )}
          </div>
        </>
      )}
    </>
  );
}

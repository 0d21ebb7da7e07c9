import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import type { Availability } from '../images/availability';
import { ProblemList } from '../components/ProblemList';
import { TruncatedNote } from '../components/TruncatedNote';
import { OnItsWay } from '../promotions';
import { deliveryTranslationRef } from '../translation';
import { EmptyDeployments } from './EmptyDeployments';
import { EnvironmentItem } from './EnvironmentItem';
import { ErrorNotice } from '../components/ErrorNotice';
import { toRows } from './rows';
import { Skeleton } from '../components/Skeleton';
import { useRowStyles } from '../components/rowStyles';
import { instancesToExplain, isIncomplete } from './unreadInstances';
import { InstanceNotes } from './InstanceNotes';
import type { LiveDeployments } from './useDeployments';

const useStyles = makeStyles(
  theme => ({
    way: {
      padding: theme.spacing(1, 2),
      borderTop: `1px solid ${theme.palette.divider}`,
    },
    old: { opacity: 0.55 },
  }),
  { name: 'LandfallDeploymentList' },
);

/**
 * A line per environment, followed by the promotions under way; or why there is
 * nothing to show.
 *
 * @internal
 */
export function DeploymentList(props: {
  name: string;
  deployments: LiveDeployments;
  /** Availabilities by deployment key. */
  availabilities?: ReadonlyMap<string, Availability>;
  /** Leaves out the promotions under way, for pages that list all promotions. */
  withoutPromotions?: boolean;
}) {
  const { name, deployments, availabilities, withoutPromotions } = props;
  const { data, error, refresh, change } = deployments;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const rowClasses = useRowStyles();
  const notice = error && (
    <ErrorNotice
      sentence={t(data ? 'error.reread' : 'error.read', { name })}
      error={error}
      onRetry={refresh}
    />
  );
  if (!data) {
    return notice ?? <Skeleton />;
  }
  const rows = toRows(data, availabilities);
  const problems = (
    <>
      <ProblemList label={t('deployments.problems')} problems={data.problems} />
      <InstanceNotes instances={instancesToExplain(data)} />
    </>
  );
  if (rows.length === 0) {
    const isWithheld = data.problems.some(
      ({ code }) => code === 'applications-withheld',
    );
    return (
      <>
        {notice}
        {problems}
        {!isWithheld && (
          <EmptyDeployments
            name={name}
            annotations={data.locator.annotations}
            isIncomplete={isIncomplete(data)}
          />
        )}
      </>
    );
  }
  const underWay = rows.flatMap(({ environment, applications }) =>
    applications.flatMap(({ name: application, promotion, waiting }) =>
      promotion
        ? [
            {
              environment:
                applications.length > 1
                  ? `${environment} · ${application}`
                  : environment,
              promotion,
              waiting,
            },
          ]
        : [],
    ),
  );
  return (
    <>
      {notice}
      {problems}
      <TruncatedNote truncated={data.truncated} />
      <div className={error && classes.old}>
        <ul className={rowClasses.list} aria-label={t('deployments.list')}>
          {rows.map(row => (
            <EnvironmentItem key={row.environment} row={row} change={change} />
          ))}
        </ul>
        {!withoutPromotions && underWay.length > 0 && (
          <div className={classes.way}>
            {underWay.map(({ environment, promotion, waiting }) => (
              <OnItsWay
                key={promotion.id}
                environment={environment}
                promotion={promotion}
                waiting={waiting}
              />
            ))}
          </div>
        )}
      </div>
    </>
  );
}

import {
  getCompoundEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import Grid from '@material-ui/core/Grid';
import type { DeploymentsResponse } from '@landfall/backstage-plugin-delivery-common';
import { useMemo } from 'react';
import { ActionsProvider } from '../actions';
import { ApplicationDrawerHost } from '../application/ApplicationDrawerHost';
import { useCardTitle } from '../components/useCardTitle';
import { ImagesPanel } from '../images';
import { partStateOf } from '../components/SteadyPart';
import { useOverview } from '../live';
import { PromotionList } from '../promotions';
import { deliveryTranslationRef } from '../translation';
import { VersionsCard, type EnvironmentSummary } from '../versions';
import { DeploymentList } from './DeploymentList';
import { DeploymentNotes } from './DeploymentNotes';
import { LiveState } from './LiveState';
import { summarize, toRows } from './rows';
import { useDeployments } from './useDeployments';

/** How many images are shown initially. */
const IMAGES = 20;

/**
 * The tab: which version is where, how each got there, and which others exist. It
 * doesn't list the deployments, which the card on the overview does: the grid shows
 * their versions, and above each environment its worst state.
 *
 * @public
 */
export function EntityDeploymentsContent() {
  const { entity } = useEntity();
  return (
    <ActionsProvider
      key={stringifyEntityRef(entity)}
      entityRef={getCompoundEntityRef(entity)}
    >
      <DeploymentsTab entity={entity} />
    </ActionsProvider>
  );
}

function DeploymentsTab({ entity }: { entity: Entity }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const cardTitle = useCardTitle();
  const entityRef = useMemo(() => getCompoundEntityRef(entity), [entity]);
  const deployments = useDeployments(entityRef);
  const attention = useOverview(entityRef).data?.attention;
  const { data } = deployments;
  const summaries = useMemo(() => data && summariesOf(data), [data]);
  const repositories = useMemo(() => repositoriesOf(data), [data]);
  const live = <LiveState deployments={deployments} />;
  return (
    <Grid container spacing={3} direction="column" wrap="nowrap">
      <Grid item>
        {data?.environments.length === 0 ? (
          // It explains why, and what to do.
          <InfoCard
            title={t('versions.title')}
            titleTypographyProps={cardTitle}
            action={live}
            noPadding
          >
            <DeploymentList
              name={entity.metadata.name}
              deployments={deployments}
            />
          </InfoCard>
        ) : (
          <VersionsCard
            entityRef={entityRef}
            summaries={summaries}
            isWaiting={partStateOf(deployments) === 'loading'}
            action={live}
          >
            {data && (
              <DeploymentNotes deployments={data} attention={attention ?? []} />
            )}
          </VersionsCard>
        )}
        <ApplicationDrawerHost entityRef={entityRef} />
      </Grid>
      <Grid item>
        <PromotionList
          entityRef={entityRef}
          environments={
            data?.environments.map(({ environment }) => environment) ?? []
          }
          repositories={repositories}
        />
      </Grid>
      <Grid item>
        <InfoCard
          title={t('images.title')}
          titleTypographyProps={cardTitle}
          noPadding
        >
          <ImagesPanel entityRef={entityRef} pageSize={IMAGES} />
        </InfoCard>
      </Grid>
    </Grid>
  );
}

function summariesOf(
  data: DeploymentsResponse,
): Map<string, EnvironmentSummary> {
  return new Map(
    toRows(data).flatMap(({ environment, applications }) => {
      const [first, ...others] = applications;
      return first
        ? [
            [
              environment,
              {
                ...summarize([first, ...others]),
                isStale: applications.some(({ stale }) => stale),
              },
            ] satisfies [string, EnvironmentSummary],
          ]
        : [];
    }),
  );
}

/** The images of all applications, each application's own before its sidecars. */
function repositoriesOf(data: DeploymentsResponse | undefined): string[] {
  const images =
    data?.environments.flatMap(({ deployments }) =>
      deployments.map(each => each.images),
    ) ?? [];
  return [
    ...new Set([
      ...images.flatMap(([own]) => own?.repository ?? []),
      ...images.flat().map(({ repository }) => repository),
    ]),
  ];
}

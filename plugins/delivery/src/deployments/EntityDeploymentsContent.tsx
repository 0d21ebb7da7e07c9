import {
  getCompoundEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import Grid from '@material-ui/core/Grid';
import { useMemo } from 'react';
import { ApplicationDrawerHost } from '../application/ApplicationDrawerHost';
import { ImagesPanel, useAvailabilities } from '../images';
import { PromotionList } from '../promotions';
import { deliveryTranslationRef } from '../translation';
import { DeploymentList } from './DeploymentList';
import { LiveState } from './LiveState';
import { useDeployments } from './useDeployments';

/** How many images are shown initially. */
const IMAGES = 20;

/**
 * The tab: what runs where, how each version got there, and which others exist.
 *
 * @public
 */
export function EntityDeploymentsContent() {
  const { entity } = useEntity();
  return <DeploymentsTab key={stringifyEntityRef(entity)} entity={entity} />;
}

function DeploymentsTab({ entity }: { entity: Entity }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const entityRef = useMemo(() => getCompoundEntityRef(entity), [entity]);
  const deployments = useDeployments(entityRef);
  const availabilities = useAvailabilities(entityRef);
  const { data } = deployments;
  const environments = useMemo(
    () => data?.environments.map(({ environment }) => environment) ?? [],
    [data],
  );
  return (
    <Grid container spacing={3} direction="column" wrap="nowrap">
      <Grid item>
        <InfoCard
          title={t('deployments.title')}
          titleTypographyProps={{ component: 'h2' }}
          action={<LiveState deployments={deployments} />}
          noPadding
        >
          <DeploymentList
            name={entity.metadata.name}
            deployments={deployments}
            availabilities={availabilities}
            withoutPromotions
          />
          <ApplicationDrawerHost entityRef={entityRef} />
        </InfoCard>
      </Grid>
      <Grid item>
        <PromotionList entityRef={entityRef} environments={environments} />
      </Grid>
      <Grid item>
        <InfoCard
          title={t('images.title')}
          titleTypographyProps={{ component: 'h2' }}
          noPadding
        >
          <ImagesPanel entityRef={entityRef} pageSize={IMAGES} />
        </InfoCard>
      </Grid>
    </Grid>
  );
}

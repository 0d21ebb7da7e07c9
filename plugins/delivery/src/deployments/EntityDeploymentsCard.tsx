import {
  getCompoundEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useMemo } from 'react';
import { ActionsProvider } from '../actions';
import { ApplicationDrawerHost } from '../application/ApplicationDrawerHost';
import { useCardTitle } from '../components/useCardTitle';
import { useAvailabilities } from '../images';
import { deliveryTranslationRef } from '../translation';
import type { DeploymentsCardSettings } from './cardSettings';
import { DeploymentList } from './DeploymentList';
import { LiveState } from './LiveState';
import { useDeployments } from './useDeployments';

/**
 * Which versions of the page's entity run where, whether they are healthy, and
 * what is on its way.
 *
 * @public
 */
export function EntityDeploymentsCard(props: DeploymentsCardSettings) {
  const { entity } = useEntity();
  return (
    <DeploymentsCard
      key={stringifyEntityRef(entity)}
      entity={entity}
      settings={props}
    />
  );
}

function DeploymentsCard(props: {
  entity: Entity;
  settings: DeploymentsCardSettings;
}) {
  const { entity, settings } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const cardTitle = useCardTitle();
  const entityRef = useMemo(() => getCompoundEntityRef(entity), [entity]);
  const deployments = useDeployments(entityRef);
  const availabilities = useAvailabilities(entityRef);
  return (
    <InfoCard
      title={t('deployments.title')}
      titleTypographyProps={cardTitle}
      action={<LiveState deployments={deployments} />}
      variant="gridItem"
      noPadding
    >
      <ActionsProvider entityRef={entityRef}>
        <DeploymentList
          name={entity.metadata.name}
          deployments={deployments}
          availabilities={availabilities}
          settings={settings}
        />
        <ApplicationDrawerHost entityRef={entityRef} />
      </ActionsProvider>
    </InfoCard>
  );
}

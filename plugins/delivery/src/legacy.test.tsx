import type { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  ScaffolderFieldExtensions,
  useCustomFieldExtensions,
} from '@backstage/plugin-scaffolder-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { deploymentOf, responseOf } from '../dev/fixtures/deployments';
import { NO_IMAGES } from '../dev/fixtures/images';
import { withOverview } from '../dev/fixtures/overview';
import {
  deliveryActionsApiRef,
  deliveryApiRef,
  DeliveryEnvironments,
  DeliveryFilesPreview,
  DeliveryServiceName,
  DeliveryVersionPicker,
  EntityDeploymentsCard,
  EntityImagesCard,
} from './legacy';

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'api' },
  spec: { type: 'service' },
};

const api = withOverview({
  getDeployments: async () => responseOf({ dev: [deploymentOf('api-dev')] }),
  getImages: async () => NO_IMAGES,
});

function renderCard(card: JSX.Element) {
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [deliveryApiRef, api],
        [deliveryActionsApiRef, {}],
      ]}
    >
      <EntityProvider entity={entity}>{card}</EntityProvider>
    </TestApiProvider>,
  );
}

describe('legacy', () => {
  it('has the Deployments card, also for an app without signals', async () => {
    await renderCard(<EntityDeploymentsCard />);
    expect(await screen.findByText('Healthy')).toBeInTheDocument();
    expect(screen.getByText('updated')).toBeInTheDocument();
  });

  it('has the settings of the Deployments card as properties', async () => {
    await renderCard(<EntityDeploymentsCard environments={['prod']} />);
    expect(
      await screen.findByText(/^This card shows only some .+ \(prod\)/),
    ).toBeInTheDocument();
  });

  it('has the Images card', async () => {
    await renderCard(<EntityImagesCard />);
    expect(
      await screen.findByText(/No images of api are known/),
    ).toBeInTheDocument();
  });

  it('has the form fields of the scaffolder', async () => {
    function FieldNames() {
      const fields = useCustomFieldExtensions(
        <ScaffolderFieldExtensions>
          <DeliveryServiceName />
          <DeliveryEnvironments />
          <DeliveryVersionPicker />
          <DeliveryFilesPreview />
        </ScaffolderFieldExtensions>,
      );
      return <>{fields.map(({ name }) => name).join(', ')}</>;
    }
    await renderInTestApp(<FieldNames />);
    expect(
      screen.getByText(
        'DeliveryServiceName, DeliveryEnvironments, DeliveryVersionPicker, DeliveryFilesPreview',
      ),
    ).toBeInTheDocument();
  });
});

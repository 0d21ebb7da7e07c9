import { Content } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { useId } from 'react';
import { useQueryParam } from '../components/useQueryParam';
import { deliveryTranslationRef } from '../translation';
import { FLEET_TABS } from './tabs';

/** What the fleet page shows below its header. @internal */
export function FleetContent() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const id = useId();
  const [selected, setSelected] = useQueryParam('tab');
  const [first] = FLEET_TABS;
  const tab = FLEET_TABS.find(each => each.id === selected) ?? first;
  const { Panel } = tab;
  if (FLEET_TABS.length === 1) {
    return (
      <Content>
        <Panel />
      </Content>
    );
  }
  return (
    <Content>
      <Tabs
        value={tab.id}
        indicatorColor="primary"
        aria-label={t('fleet.title')}
        onChange={(_, value: string) =>
          setSelected(value === first.id ? undefined : value)
        }
      >
        {FLEET_TABS.map(each => (
          <Tab
            key={each.id}
            id={`${id}-${each.id}`}
            aria-controls={`${id}-panel`}
            value={each.id}
            label={each.title(t)}
          />
        ))}
      </Tabs>
      <div
        id={`${id}-panel`}
        role="tabpanel"
        aria-labelledby={`${id}-${tab.id}`}
      >
        <Panel />
      </div>
    </Content>
  );
}

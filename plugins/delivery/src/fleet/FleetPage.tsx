import { Header, Page } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { deliveryTranslationRef } from '../translation';
import { FleetContent } from './FleetContent';

/**
 * The page of the whole fleet: every service that the user may see, and what runs
 * of it where.
 *
 * @public
 */
export function FleetPage() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <Page themeId="tool">
      <Header title={t('fleet.title')} />
      <FleetContent />
    </Page>
  );
}

import { parseEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { useRowStyles } from '../components/rowStyles';
import { deliveryTranslationRef } from '../translation';
import { type FleetRow, shortRef } from './rows';

/**
 * A service's name with a link to its page, its owner and its system. It doesn't
 * ask the catalog, as links to entities usually do for their titles.
 *
 * @internal
 */
export function ServiceCell({ service }: { service: FleetRow }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const row = useRowStyles();
  const entityRoute = useRouteRef(entityRouteRef);
  const { entityRef, name, title, owner, system, applicationCount } = service;
  const details = [owner, system].flatMap(ref => (ref ? shortRef(ref) : []));
  return (
    <>
      <Link
        to={entityRoute(parseEntityRef(entityRef))}
        className={row.name}
        title={entityRef}
      >
        {title ?? name}
      </Link>
      <div className={row.secondary}>{details.join(' · ')}</div>
      {applicationCount === 0 && (
        <div className={row.secondary}>{t('fleet.noApplications')}</div>
      )}
    </>
  );
}

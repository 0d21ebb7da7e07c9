import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RelativeTime } from '../components/time';
import { deliveryTranslationRef } from '../translation';
import type { ApplicationRow } from './rows';
import { useRowStyles } from '../components/rowStyles';

/** Since when it is as it is, and by whom. @internal */
export function AgeCell({ row }: { row: ApplicationRow }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useRowStyles();
  const { health, deployedAt, by } = row;
  const busySince = health.status === 'Progressing' ? health.since : undefined;
  const author =
    by &&
    (by.imageUpdater
      ? t('deployments.byImageUpdater')
      : t('deployments.by', { name: by.name }));
  return (
    <span className={classes.age}>
      {busySince && (
        <RelativeTime at={busySince} prefix={t('time.since')} bare />
      )}
      {!busySince && deployedAt && <RelativeTime at={deployedAt} />}
      {author && ` ${author}`}
    </span>
  );
}

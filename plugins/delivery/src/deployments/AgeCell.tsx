import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RelativeTime } from '../components/time';
import { deliveryTranslationRef } from '../translation';
import { progressWords } from './progressWords';
import type { ApplicationRow } from './rows';
import { useRowStyles } from '../components/rowStyles';

/**
 * How far a rollout is and since when, or when the current version was deployed;
 * and by whom.
 *
 * @internal
 */
export function AgeCell({ row }: { row: ApplicationRow }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useRowStyles();
  const { health, deployedAt, by, progress } = row;
  const busySince = health.status === 'Progressing' ? health.since : undefined;
  const author =
    by &&
    (by.imageUpdater
      ? t('deployments.byImageUpdater')
      : t('deployments.by', { name: by.name }));
  const time = busySince ?? deployedAt;
  return (
    <span className={classes.secondary}>
      {progress.length > 0 && (
        <>
          <strong className={classes.progress}>
            {progressWords(progress, t)}
          </strong>
          {time && ' · '}
        </>
      )}
      {busySince && (
        <RelativeTime at={busySince} prefix={t('time.since')} bare />
      )}
      {!busySince && deployedAt && <RelativeTime at={deployedAt} />}
      {author && ` ${author}`}
    </span>
  );
}

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Promotion } from '@landfall/backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../translation';
import { causeOf } from './cause';

/**
 * Who or what caused a promotion: `by Image Updater · synced automatically`.
 *
 * @internal
 */
export function CauseText({ promotion }: { promotion: Promotion }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { author, rollback, undoesRollback, sync } = causeOf(promotion);
  const parts = [
    rollback && t('promotion.cause.rollback'),
    undoesRollback && t('promotion.cause.undoesRollback'),
    author &&
      (author === 'imageUpdater'
        ? t('promotion.cause.imageUpdater')
        : t('promotion.cause.author', { name: author.name })),
    sync &&
      (sync === 'automated'
        ? t('promotion.cause.syncedAutomatically')
        : t('promotion.cause.syncedBy', { name: sync.username })),
  ].filter(Boolean);
  return <>{parts.join(' · ')}</>;
}

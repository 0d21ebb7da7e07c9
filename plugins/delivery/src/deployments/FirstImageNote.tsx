import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { CodeLine } from '../components/CodeLine';
import { deliveryTranslationRef } from '../translation';
import { Note } from './Note';
import type { ApplicationRow } from './rows';

/**
 * What to do for the first version of a service; absent once one runs, or is on its
 * way.
 *
 * @internal
 */
export function FirstImageNote({ row }: { row: ApplicationRow }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { image, otherImages, promotion, sources, podFailures } = row;
  const images = image ? [image, ...otherImages] : otherImages;
  if (
    promotion ||
    podFailures.length > 0 ||
    row.health.status === 'Healthy' ||
    (!image && sources) ||
    images.some(({ running, desired }) => running.length > 0 || desired)
  ) {
    return null;
  }
  return image ? (
    <>
      <Note>{t('card.image.first')}</Note>
      <CodeLine text={`docker push ${image.repository}:1.0.0`} copy />
    </>
  ) : (
    <Note>{t('card.image.firstOnly')}</Note>
  );
}

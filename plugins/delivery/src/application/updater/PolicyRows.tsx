import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ImagePolicy } from '@landfall/backstage-plugin-delivery-common';
import { toDraft } from '../../images/draft';
import { Code, Detail } from '../../promotions/DetailRows';
import { deliveryTranslationRef } from '../../translation';

/** The settings that decide about versions, as the updater reads them. @internal */
export function PolicyRows({ policy }: { policy: ImagePolicy }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { constraint, strategy, allowTags, ignoreTags, platforms } =
    toDraft(policy);
  return (
    <>
      <Detail name={t('application.updater.strategy')}>
        <Code text={strategy} />
      </Detail>
      <Detail name={t('application.updater.constraint')}>
        {constraint ? (
          <Code text={constraint} />
        ) : (
          t('application.updater.anyVersion')
        )}
      </Detail>
      <Detail name={t('application.updater.allowTags')}>
        {allowTags && <Code text={allowTags} />}
      </Detail>
      <Detail name={t('application.updater.ignoreTags')}>
        {ignoreTags && <Code text={ignoreTags} />}
      </Detail>
      <Detail name={t('application.updater.platforms')}>{platforms}</Detail>
    </>
  );
}

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { deliveryTranslationRef } from '../../translation';
import { RadioList } from '../dialogs/RadioList';

/** How a change gets into the repository. @internal */
export function ViaChoice(props: {
  value: 'request' | 'commit';
  onChange(value: 'request' | 'commit'): void;
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <RadioList
      label={t('action.version.via')}
      value={props.value}
      options={(['request', 'commit'] as const).map(value => ({
        value,
        content: t(`action.version.${value}`),
      }))}
      onChange={props.onChange}
    />
  );
}

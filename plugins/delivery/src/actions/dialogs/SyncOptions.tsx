import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ApplicationResourceNode } from '@landfall/backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../../translation';
import { CheckLine } from './CheckLine';
import type { SyncChoice } from './syncChoice';

/** How to apply resources: nothing that destroys something is chosen at first. @internal */
export function SyncOptions(props: {
  nodes: readonly ApplicationResourceNode[];
  choice: SyncChoice;
  onChange(choice: SyncChoice): void;
}) {
  const { nodes, choice, onChange } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const pruned = nodes
    .filter(
      ({ requiresPruning, id }) => requiresPruning && !choice.excluded.has(id),
    )
    .map(({ kind, name }) => `${kind} ${name}`);
  return (
    <div role="group" aria-label={t('action.sync.options')}>
      <CheckLine
        label={t('action.sync.prune')}
        checked={choice.prune}
        warning={
          pruned.length > 0
            ? t('action.sync.pruneWarning', {
                resources: pruned.join(', '),
                interpolation: { escapeValue: false },
              })
            : t('action.sync.pruneNothing')
        }
        onChange={prune => onChange({ ...choice, prune })}
      />
      <CheckLine
        label={t('action.sync.force')}
        checked={choice.force}
        warning={t('action.sync.forceWarning')}
        onChange={force => onChange({ ...choice, force })}
      />
      <CheckLine
        label={t('action.sync.replace')}
        checked={choice.replace}
        warning={t('action.sync.replaceWarning')}
        onChange={replace => onChange({ ...choice, replace })}
      />
    </div>
  );
}

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { InstanceStatus } from '@landfall/backstage-plugin-delivery-common';
import { useRowStyles } from '../components/rowStyles';
import { deliveryTranslationRef } from '../translation';
import { InstanceNote } from './InstanceNote';

/**
 * The instances whose applications may be missing, and why.
 *
 * @internal
 */
export function InstanceNotes(props: { instances: readonly InstanceStatus[] }) {
  const { instances } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useRowStyles();
  if (instances.length === 0) {
    return null;
  }
  return (
    <ul className={classes.list} aria-label={t('live.unreadInstances')}>
      {instances.map(({ name, state, lastReceivedAt, error }) => (
        <li key={name} className={classes.item}>
          <InstanceNote
            instance={name}
            isConnecting={state === 'connecting'}
            lastReceivedAt={lastReceivedAt}
            error={error}
          />
        </li>
      ))}
    </ul>
  );
}

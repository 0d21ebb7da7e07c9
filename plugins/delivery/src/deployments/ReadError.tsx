import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ErrorNotice } from '../components/ErrorNotice';
import { deliveryTranslationRef } from '../translation';
import { refusalOf } from './refusal';
import type { LiveDeployments } from './useDeployments';

/** Why the deployments could not be read, and what to do. @internal */
export function ReadError(props: {
  name: string;
  deployments: Pick<LiveDeployments, 'data' | 'error' | 'refresh'>;
}) {
  const { name, deployments } = props;
  const { data, error, refresh } = deployments;
  const { t } = useTranslationRef(deliveryTranslationRef);
  if (!error) {
    return null;
  }
  const refusal = refusalOf(error, name, t);
  return (
    <ErrorNotice
      sentence={
        refusal?.sentence ?? t(data ? 'error.reread' : 'error.read', { name })
      }
      hint={refusal?.hint}
      error={error}
      onRetry={refresh}
    />
  );
}

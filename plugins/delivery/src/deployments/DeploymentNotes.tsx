import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  AttentionItem,
  DeploymentsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { ProblemList } from '../components/ProblemList';
import { deliveryTranslationRef } from '../translation';
import { AttentionList } from './AttentionList';
import { InstanceNotes } from './InstanceNotes';
import { instancesToExplain } from './unreadInstances';

/**
 * What is wrong with an entity's deployments, for a page that doesn't list them:
 * annotations, instances whose state is not the current one, and applications
 * that somebody has to look at.
 *
 * @internal
 */
export function DeploymentNotes(props: {
  deployments: DeploymentsResponse;
  attention: readonly AttentionItem[];
}) {
  const { deployments, attention } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const explained = instancesToExplain(deployments);
  return (
    <>
      <ProblemList
        label={t('deployments.problems')}
        problems={deployments.problems}
      />
      <InstanceNotes
        instances={deployments.instances.filter(
          instance =>
            explained.includes(instance) ||
            (deployments.environments.length > 0 &&
              instance.state === 'unreachable'),
        )}
      />
      <AttentionList items={attention} />
    </>
  );
}

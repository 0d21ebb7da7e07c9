import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import type { ApplicationResources } from '@landfall/backstage-plugin-delivery-common';
import { useRef } from 'react';
import { ResourceActions } from '../../actions';
import type { Fresh } from '../../live';
import { deliveryTranslationRef } from '../../translation';
import { LivePart, UpstreamError } from '../LivePart';
import {
  useApplicationResources,
  type ApplicationProps,
} from '../useApplication';
import type { OpenApplication } from '../useOpenApplication';
import { ResourceDiff } from './ResourceDiff';
import { ResourceTree } from './ResourceTree';
import { Rollouts } from './Rollouts';

/**
 * The resources as Argo CD reports them, or how one of them differs from Git.
 *
 * @internal
 */
export function ResourcesTab(
  props: ApplicationProps & {
    state: Pick<OpenApplication, 'resource' | 'showResource'>;
  },
) {
  const { state, ...application } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const read = useApplicationResources(application);
  const compared = useRef<string>();
  const { resource: id, showResource } = state;
  return (
    <LivePart
      read={read}
      application={application.application.name}
      loading={t('application.resources.loading')}
      lines={8}
    >
      {data => {
        const resource = data.nodes.find(node => node.id === id);
        return resource ? (
          <ResourceDiff
            {...application}
            resource={resource}
            onBack={() => {
              compared.current = resource.id;
              showResource(undefined);
            }}
          />
        ) : (
          <AllResources
            application={application}
            read={read}
            data={data}
            focusAtFirst={compared.current}
            onShowDiff={showResource}
          />
        );
      }}
    </LivePart>
  );
}

function AllResources(props: {
  application: ApplicationProps;
  read: Fresh<ApplicationResources>;
  data: ApplicationResources;
  focusAtFirst?: string;
  onShowDiff(id: string): void;
}) {
  const { application, read, data, focusAtFirst, onShowDiff } = props;
  const { nodes, total, rollouts, problems } = data;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <>
      {problems.map(({ part, error }) => (
        <UpstreamError
          key={part}
          part={part === 'nodes' ? 'resources' : part}
          error={error}
          onRetry={read.refresh}
        />
      ))}
      <ResourceActions target={application} hasRollouts={rollouts.length > 0} />
      <Rollouts rollouts={rollouts} />
      {nodes.length > 0 && (
        <ResourceTree
          nodes={nodes}
          focusAtFirst={focusAtFirst}
          onShowDiff={onShowDiff}
        />
      )}
      {nodes.length === 0 && problems.length === 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('application.resources.empty')}
        </Typography>
      )}
      {total > nodes.length && (
        <Typography variant="body2" color="textSecondary">
          {t('application.resources.more', {
            shown: String(nodes.length),
            total: String(total),
          })}
        </Typography>
      )}
    </>
  );
}

import {
  type AnyMessage,
  type ApplicationAttention,
  attentionKinds,
  type AttentionItem,
  type Deployment,
  describeMessage,
  formatMessage,
  inTopic,
  type OverviewResponse,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * What somebody has to look at, the most urgent first. It repeats no details that
 * only some callers may see.
 *
 * @internal
 */
export function attentionOf({
  deployments,
  images,
}: Pick<OverviewResponse, 'deployments' | 'images'>): AttentionItem[] {
  const { environments, instances, problems } = deployments;
  return [
    ...instances
      .filter(({ state }) => state === 'unreachable')
      .map(({ name, error }) => ({
        kind: 'instance-unreachable' as const,
        instance: name,
        ...(error && { reason: sentence('instance', error) }),
      })),
    ...environments.flatMap(({ environment, deployments: ofEnvironment }) =>
      ofEnvironment.flatMap(deployment =>
        ofApplication(deployment).map(item => ({
          ...item,
          environment,
          key: deployment.key,
          application: deployment.application,
        })),
      ),
    ),
    ...problems.map(problem => ({
      kind: 'annotations' as const,
      reason: sentence('problem', problem),
    })),
    ...images.problems.map(problem => ({
      kind: 'repositories' as const,
      reason: sentence('problem', problem),
    })),
    ...(images.findings ?? []).flatMap(
      ({ key, application, environment, findings }) =>
        findings
          .filter(({ severity }) => severity === 'error')
          .map(({ effect }) => ({
            kind: 'settings' as const,
            key,
            application,
            environment,
            reason: effect,
          })),
    ),
  ];
}

function ofApplication(
  deployment: Deployment,
): Pick<AttentionItem, 'kind' | 'reason'>[] {
  return attentionKinds(deployment).map(kind => ({
    kind,
    ...reasonOf(kind, deployment),
  }));
}

function reasonOf(
  kind: ApplicationAttention,
  { health, operation, unwell, waiting }: Deployment,
): Pick<AttentionItem, 'reason'> {
  if (kind === 'sync-failed') {
    return reported(operation?.message);
  }
  if (kind === 'waiting') {
    return waiting ? { reason: sentence('stuck', waiting) } : {};
  }
  const resource = unwell.find(one => one.health?.status === health.status);
  return reported(health.message || resource?.health?.message);
}

/** In the words of Argo CD. */
function reported(message: string | undefined): Pick<AttentionItem, 'reason'> {
  return message
    ? {
        reason: describeMessage({
          code: 'detail.reported',
          parameters: { message },
        }),
      }
    : {};
}

function sentence(
  topic: Parameters<typeof inTopic>[0],
  { code, parameters }: Pick<AnyMessage, 'code' | 'parameters'>,
): NonNullable<AttentionItem['reason']> {
  const message = inTopic(topic, { code, parameters });
  return { ...message, message: formatMessage(message) };
}

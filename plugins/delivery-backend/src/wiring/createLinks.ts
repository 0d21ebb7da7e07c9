import { ScmIntegrations } from '@backstage/integration';
import { Links } from '../service/links';
import type { DeliveryBackendOptions } from './types';

/** @internal */
export function createLinks({
  argocd,
  config,
}: Pick<DeliveryBackendOptions, 'argocd' | 'config'>): Links {
  return Links.create({
    frontendUrls: new Map(
      argocd.list().map(({ instance, frontendUrl }) => [instance, frontendUrl]),
    ),
    integrations: ScmIntegrations.fromConfig(config),
  });
}

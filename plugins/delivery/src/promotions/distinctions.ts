import type { PromotionItem } from '@landfall/backstage-plugin-delivery-common';

/**
 * What distinguishes promotions besides version and environment, by promotion
 * id: the image if there are several, and the application if its environment
 * has several.
 *
 * @internal
 */
export function distinctionsOf(items: PromotionItem[]): Map<string, string> {
  const repositories = new Set(items.map(item => item.repository));
  const applications = new Map<string, Set<string>>();
  for (const item of items) {
    const keys = applications.get(item.environment) ?? new Set();
    applications.set(item.environment, keys.add(applicationKey(item)));
  }
  const distinctions = new Map<string, string>();
  for (const item of items) {
    const parts = [
      repositories.size > 1 && withoutHost(item.repository),
      (applications.get(item.environment)?.size ?? 0) > 1 &&
        item.application.name,
    ].filter(Boolean);
    if (parts.length) {
      distinctions.set(item.id, parts.join(' · '));
    }
  }
  return distinctions;
}

function applicationKey({ application }: PromotionItem): string {
  const { instance, namespace, name } = application;
  return [instance, namespace, name].join('/');
}

/** A registry's host has a dot or a port, or is `localhost`. */
function withoutHost(repository: string): string {
  const [host, ...path] = repository.split('/');
  return path.length && (/[.:]/.test(host) || host === 'localhost')
    ? path.join('/')
    : repository;
}

import {
  type ApplicationRef,
  isSameApplication,
  type PromotionItem,
} from '@landfall/backstage-plugin-delivery-common';
import { applicationNames } from '../components/applicationNames';

/**
 * What distinguishes promotions besides version and environment, by promotion
 * id: the image if there are several, and the application if its environment
 * has several, with its instance or namespace where names aren't unique.
 *
 * @internal
 */
export function distinctionsOf(items: PromotionItem[]): Map<string, string> {
  const repositories = new Set(items.map(item => item.repository));
  const applications = new Map<string, ApplicationRef[]>();
  for (const { environment, application } of items) {
    const others = applications.get(environment) ?? [];
    applications.set(environment, [...others, application]);
  }
  const distinctions = new Map<string, string>();
  for (const { id, environment, repository, application } of items) {
    const refs = applications.get(environment) ?? [];
    const parts = [
      repositories.size > 1 && withoutHost(repository),
      refs.some(other => !isSameApplication(other, application)) &&
        applicationNames(refs)(application),
    ].filter(Boolean);
    if (parts.length) {
      distinctions.set(id, parts.join(' · '));
    }
  }
  return distinctions;
}

/** A registry's host has a dot or a port, or is `localhost`. @internal */
export function withoutHost(repository: string): string {
  const [host, ...path] = repository.split('/');
  return path.length && (/[.:]/.test(host) || host === 'localhost')
    ? path.join('/')
    : repository;
}

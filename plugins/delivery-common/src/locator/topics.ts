import type { Application } from '../model/application';
import type { ApplicationLocator } from './locator';

/**
 * What an application is found by, as topics to which pages subscribe: if a locator
 * matches the application, at least one of them is among `locatorTopics`.
 *
 * @public
 */
export function applicationTopics({
  ref,
  project,
  labels,
}: Pick<Application, 'ref' | 'project' | 'labels'>): string[] {
  return [
    topic('name', ref.name),
    topic('project', project),
    topic('applications', ref.instance),
    ...Object.entries(labels).flatMap(([key, value]) => [
      topic('label', key),
      topic('label', key, value),
    ]),
  ];
}

/**
 * The topics of all applications that a locator can match, and of as few others as
 * possible. All conditions of a locator apply, so the topics of one are enough.
 *
 * @public
 * @param instances - the Argo CD instances in which the applications can be
 */
export function locatorTopics(
  { names, selector = [], project }: ApplicationLocator,
  instances: readonly string[],
): string[] {
  if (names) {
    return [...new Set(names.map(({ name }) => topic('name', name)))];
  }
  for (const requirement of selector) {
    if (requirement.operator === 'in') {
      const { key, values } = requirement;
      return [...new Set(values)].map(value => topic('label', key, value));
    }
  }
  if (project) {
    return [topic('project', project)];
  }
  const present = selector.find(({ operator }) => operator === 'exists');
  return present
    ? [topic('label', present.key)]
    : instances.map(instance => topic('applications', instance));
}

/**
 * The topic of an Argo CD instance's state and of its ImageUpdaters.
 *
 * @public
 */
export function instanceTopic(instance: string): string {
  return topic('instance', instance);
}

function topic(...parts: string[]): string {
  return JSON.stringify(parts);
}

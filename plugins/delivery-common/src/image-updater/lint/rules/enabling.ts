import { policyRepository } from '../../settings/images';
import { type LintContext, matchingRefs } from '../read/LintContext';
import { keyOf } from '../read/keys';
import { annotationPlace } from '../read/place';
import type { Reading } from '../read/Reading';
import type { LintedUpdater } from '../types';
import { ofApplication } from './rule';

/** Annotations that request updates, but that no ImageUpdater reads. */
function isUnread({ keys, readings }: LintContext): boolean {
  return (
    keys.some(({ key }) => key === keyOf('image-list')) &&
    readings.every(({ updater }) => updater === undefined)
  );
}

/** ImageUpdaters elsewhere that are meant for an application. */
function elsewhere(context: LintContext): LintedUpdater[] {
  const { application, readings, subject } = context;
  if (readings.some(({ updater }) => updater !== undefined)) {
    return [];
  }
  const isListed = context.keys.some(({ key }) => key === keyOf('image-list'));
  return subject.updaters.filter(
    updater =>
      updater.namespace !== application.metadata.namespace &&
      matchingRefs(updater, application).some(index => {
        const ref = updater.spec.applicationRefs?.[index];
        return ref?.useAnnotations
          ? isListed
          : ref?.namePattern === application.metadata.name;
      }) &&
      // The name may be that of another application there.
      !subject.applications.some(
        ({ metadata }) =>
          metadata.namespace === updater.namespace &&
          metadata.name === application.metadata.name,
      ),
  );
}

function notEnabled(context: LintContext) {
  const { application } = context;
  const { namespace, name } = application.metadata;
  return isUnread(context) && elsewhere(context).length === 0
    ? [
        {
          place: annotationPlace(application, keyOf('image-list')),
          parameters: { namespace, name },
        },
      ]
    : [];
}

function isUpdaterMissing({ subject }: LintContext): boolean {
  return subject.isPartial === true && subject.updaters.length === 0;
}

function repositoriesOf({ images }: Reading): string[] {
  return images.flatMap(({ policy }) => policyRepository(policy) ?? []);
}

/** Rules for the ImageUpdaters that select an application, or should. */
export const enablingRules = [
  ofApplication('not-enabled', 'error', context =>
    isUpdaterMissing(context) ? [] : notEnabled(context),
  ),
  ofApplication('updater-missing', 'warning', context =>
    isUpdaterMissing(context) ? notEnabled(context) : [],
  ),
  ofApplication('annotations-ignored', 'warning', context => {
    const { application, keys, readings } = context;
    const [key] = keys.filter(({ setting }) => setting !== undefined);
    const [reading] = readings;
    return key &&
      reading?.updater &&
      readings.every(({ from }) => from === 'resource')
      ? [
          {
            place: annotationPlace(application, key.key),
            parameters: { updater: reading.updater.name },
          },
        ]
      : [];
  }),
  ofApplication('updater-other-namespace', 'error', context =>
    elsewhere(context).map(({ namespace, name }) => ({
      place: {
        kind: 'ImageUpdater',
        namespace,
        name,
        path: ['metadata', 'namespace'],
      },
      parameters: {
        updater: `${namespace}/${name}`,
        namespace: context.application.metadata.namespace,
      },
    })),
  ),
  ofApplication('overlapping-updaters', 'warning', ({ readings }) =>
    readings.flatMap((reading, index) => {
      const before = readings
        .slice(0, index)
        .find(other =>
          repositoriesOf(other).some(repository =>
            repositoriesOf(reading).includes(repository),
          ),
        );
      return before?.updater && reading.updater
        ? [
            {
              place: reading.listed,
              parameters: {
                updaters: `${before.updater.name}, ${reading.updater.name}`,
              },
            },
          ]
        : [];
    }),
  ),
];

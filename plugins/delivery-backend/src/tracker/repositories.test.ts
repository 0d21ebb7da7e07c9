import {
  type Application,
  type DeliveryState,
  type ImageUpdaterResource,
  initialState,
  policyFor,
  strategyOf,
} from '@landfall/backstage-plugin-delivery-common';
import fc from 'fast-check';
import { firstObservation } from '../__testUtils__/observations';
import { usedRepositoriesOf } from './repositories';

const PREFIX = 'argocd-image-updater.argoproj.io';
const API = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';
const WORKER = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/worker';

let recorded: Application;

beforeAll(async () => {
  ({ application: recorded } = await firstObservation('helmvalues'));
});

function stateWith(
  annotations: Record<string, string>,
  imageUpdaters: ImageUpdaterResource[] = [],
): DeliveryState {
  return {
    ...initialState(recorded.ref),
    application: { ...recorded, annotations },
    imageUpdaters,
  };
}

function annotated(strategy: string, prefix = 'api.'): Record<string, string> {
  return {
    [`${PREFIX}/image-list`]: `api=${API}:1.x`,
    [`${PREFIX}/${prefix}update-strategy`]: strategy,
  };
}

function needsBuilds(state: DeliveryState, repository = API) {
  return usedRepositoriesOf(state).find(one => one.repository === repository)
    ?.needsBuilds;
}

describe('usedRepositoriesOf', () => {
  it.each([
    ['semver', false],
    ['alphabetical', false],
    ['name', false],
    ['unknown', false],
    ['newest-build', true],
    [' Newest-Build ', true],
    ['latest', true],
    ['digest', true],
  ])('knows whether the strategy "%s" needs builds: %s', (strategy, needed) => {
    expect(needsBuilds(stateWith(annotated(strategy)))).toBe(needed);
    expect(needsBuilds(stateWith(annotated(strategy, '')))).toBe(needed);
  });

  it('needs no builds for images without a policy', () => {
    const used = usedRepositoriesOf(stateWith({}));
    expect(used).not.toHaveLength(0);
    expect(used.filter(one => one.needsBuilds)).toEqual([]);
  });

  it('agrees with the policies of each repository', () => {
    const strategy = fc.option(
      fc.constantFrom(
        'semver',
        'newest-build',
        'LATEST',
        'digest',
        'alphabetical',
        'unknown',
      ),
      { nil: undefined },
    );
    fc.assert(
      fc.property(
        fc.record({
          api: strategy,
          all: strategy,
          ofUpdater: strategy,
          ofReference: strategy,
          ofImage: strategy,
          hasUpdater: fc.boolean(),
          usesAnnotations: fc.boolean(),
        }),
        chosen => {
          const settings = (updateStrategy: string | undefined) => ({
            commonUpdateSettings: { updateStrategy },
          });
          const state = stateWith(
            {
              [`${PREFIX}/image-list`]: `api=${API}:1.x`,
              ...(chosen.api && {
                [`${PREFIX}/api.update-strategy`]: chosen.api,
              }),
              ...(chosen.all && { [`${PREFIX}/update-strategy`]: chosen.all }),
            },
            chosen.hasUpdater
              ? [
                  {
                    namespace: recorded.ref.namespace,
                    name: 'updater',
                    spec: {
                      ...settings(chosen.ofUpdater),
                      applicationRefs: [
                        {
                          namePattern: '*',
                          useAnnotations: chosen.usesAnnotations,
                          ...settings(chosen.ofReference),
                          images: [
                            {
                              alias: 'worker',
                              imageName: `${WORKER}:2.x`,
                              ...settings(chosen.ofImage),
                            },
                          ],
                        },
                      ],
                    },
                  },
                ]
              : [],
          );
          for (const used of usedRepositoriesOf(state)) {
            const { followed } = policyFor({
              application: state.application ?? recorded,
              repository: used.repository,
              updaters: state.imageUpdaters,
            });
            expect(used.needsBuilds).toBe(
              followed.some(({ policy }) => strategyOf(policy).readsMetadata),
            );
          }
        },
      ),
    );
  });
});

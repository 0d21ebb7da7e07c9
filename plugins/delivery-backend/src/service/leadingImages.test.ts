import type { Application } from '@landfall/backstage-plugin-delivery-common';
import { firstObservation } from '../__testUtils__/observations';
import { leadingFirst } from './leadingImages';

const AGENT = 'docker.io/datadog/agent';
const API = 'registry.example.com/shop/api';
const IMAGES = [`${AGENT}:7`, `${API}:1.0.0`];
const PREFIX = 'argocd-image-updater.argoproj.io';

describe('leadingFirst', () => {
  let plain: Application;
  beforeAll(async () => {
    const first = await firstObservation('helmvalues');
    plain = {
      ...first.application,
      ref: { instance: 'main', namespace: 'argocd', name: 'checkout' },
      annotations: {},
      images: IMAGES,
      operation: undefined,
    };
  });

  const operation = (images: string[]): Application['operation'] => ({
    phase: 'Succeeded',
    startedAt: '2026-01-01T12:00:00Z',
    dryRun: false,
    partial: false,
    revisions: [],
    images,
  });

  it.each<[string, () => Partial<Application>, string[]]>([
    [
      'that annotations reference',
      () => ({ annotations: { [`${PREFIX}/image-list`]: `app=${API}` } }),
      [API, AGENT],
    ],
    [
      'that the sync applied',
      () => ({ operation: operation([`${API}:1.0.0`]) }),
      [API, AGENT],
    ],
    [
      'that has its name',
      () => ({
        ref: { ...plain.ref, name: 'api-dev' },
        operation: operation(IMAGES),
      }),
      [API, AGENT],
    ],
    ['as they come, if nothing tells them apart', () => ({}), [AGENT, API]],
  ])('puts the image first %s', (_, overrides, expected) => {
    const application = { ...plain, ...overrides() };
    expect(leadingFirst(application, [], [AGENT, API])).toEqual(expected);
  });
});

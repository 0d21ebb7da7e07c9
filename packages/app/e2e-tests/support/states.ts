import type { DeliveryApi } from '@landfall/backstage-plugin-delivery-common';
import type { Locator, Page } from 'playwright-core';
import { NEVER } from './fixtures';

/** One part of a page in one state, and how a reader notices the state. */
export interface State {
  name: string;
  path: string;
  answers?: Partial<DeliveryApi> | string;
  shows(page: Page): Locator;
  /** What else of the page is in this state. */
  alsoShows?: ((page: Page) => Locator)[];
}

export async function fails(): Promise<never> {
  throw new Error('Request failed with 503 Service Unavailable');
}

/** Never answers: the page keeps its placeholder. */
export const never = () => NEVER;

export function text(words: string | RegExp) {
  return (page: Page) => page.getByText(words).first();
}

function table(name: string) {
  return (page: Page) => page.getByRole('table', { name }).first();
}

export function loading(name: string) {
  return (page: Page) => page.getByRole('progressbar', { name }).first();
}

/** The page of a scenario's component. */
export const entity = (name: string) => `/catalog/default/component/${name}`;

/** The page with the drawer of one of its applications. */
export const drawer = (view: string, of = 'healthy') =>
  `${entity(
    of,
  )}?delivery-application=main%2Fargocd%2Fapi-dev&delivery-view=${view}`;

export const CARD: State[] = [
  {
    name: 'card-loading',
    path: entity('loading'),
    shows: loading('Loading deployments'),
    alsoShows: [loading('Loading images')],
  },
  {
    name: 'card-empty',
    path: entity('empty'),
    shows: text('No deployments of empty are known.'),
    alsoShows: [text(/^No images of empty are known/)],
  },
  {
    name: 'card-suggested',
    path: entity('suggested'),
    shows: text('app.kubernetes.io/name=api'),
  },
  {
    name: 'card-unconfigured',
    path: entity('unconfigured'),
    shows: text(/No Argo CD is configured/),
  },
  {
    name: 'card-first-list',
    path: entity('reading'),
    shows: text(/connecting to main/),
  },
  {
    name: 'card-new-service',
    path: entity('new-service'),
    shows: text('no version yet'),
  },
  {
    name: 'card-stale',
    path: entity('stale'),
    shows: text(/main unreachable/),
  },
  {
    name: 'card-error',
    path: entity('error'),
    shows: text("Couldn't load the deployments of error."),
    alsoShows: [text("Couldn't load the images of error.")],
  },
  {
    name: 'card-on-its-way',
    path: entity('progressing'),
    shows: text(/^On its way/),
  },
  {
    name: 'card-stuck',
    path: entity('stuck'),
    shows: text(/sync window denies it/i),
  },
  {
    name: 'card-failing-pods',
    path: entity('pods'),
    shows: text(/ImagePullBackOff/),
  },
  {
    name: 'card-many',
    path: entity('many'),
    shows: page => page.getByRole('listitem', { name: /^env-9: / }).first(),
  },
  {
    name: 'card-images-many',
    path: entity('many'),
    shows: table('Images'),
  },
];

export const TAB: State[] = [
  {
    name: 'tab-loading',
    path: `${entity('loading')}/deployments`,
    shows: loading('Loading versions'),
    alsoShows: [
      page => page.getByRole('status', { name: 'Loading promotions' }),
      loading('Loading images'),
    ],
  },
  {
    name: 'tab-empty',
    path: `${entity('empty')}/deployments`,
    shows: text('No deployments of empty are known.'),
    alsoShows: [
      text(/^No promotions yet/),
      text(/^No images of empty are known/),
    ],
  },
  {
    name: 'tab-stale',
    path: `${entity('stale')}/deployments`,
    shows: text(/main unreachable/),
  },
  {
    name: 'tab-error',
    path: `${entity('error')}/deployments`,
    shows: text("Couldn't load the versions of error."),
    alsoShows: [
      text("Couldn't load the promotions."),
      text("Couldn't load the images of error."),
    ],
  },
  {
    name: 'tab-many',
    path: `${entity('many')}/deployments`,
    shows: page => page.getByRole('columnheader', { name: /^env-9/ }).first(),
  },
  {
    name: 'tab-many-promotions',
    path: `${entity('many')}/deployments`,
    shows: page =>
      page
        .getByRole('list', { name: 'Promotions', exact: true })
        .getByText(/^env-9 \(4 applications\)$/)
        .first(),
  },
  {
    name: 'tab-many-images',
    path: `${entity('many')}/deployments`,
    shows: table('Images'),
  },
  {
    name: 'tab-rolled-back',
    path: `${entity('rolled-back')}/deployments`,
    shows: page => page.getByRole('rowheader', { name: '1.5.0' }).first(),
  },
];

export const FLEET: State[] = [
  {
    name: 'fleet-loading',
    path: '/delivery',
    answers: { getFleet: never },
    shows: loading('Loading services'),
  },
  {
    name: 'fleet-empty',
    path: '/delivery',
    answers: 'fleet-empty',
    shows: text('No service is known that you may see.'),
  },
  {
    name: 'fleet-stale',
    path: '/delivery',
    answers: 'fleet-stale',
    shows: text(/main unreachable/),
  },
  {
    name: 'fleet-error',
    path: '/delivery',
    answers: { getFleet: fails },
    shows: text("Couldn't load the services."),
  },
  {
    name: 'fleet-many',
    path: '/delivery',
    answers: 'fleet-many',
    shows: text('501 services'),
  },
  {
    name: 'fleet-no-match',
    path: '/delivery?delivery-search=nothing',
    shows: text('No service matches these filters.'),
  },
];

export const CHARTS: State[] = (
  [
    [
      'loading',
      { getPerformance: never },
      loading('Loading delivery performance'),
    ],
    ['empty', 'performance-empty', text('No deployments in this period.')],
    [
      'error',
      { getPerformance: fails },
      text("Couldn't load the delivery performance."),
    ],
    [
      'many',
      'performance-many',
      (page: Page) => page.locator('svg .recharts-bar-rectangle path').first(),
    ],
  ] as const
).map(([name, answers, shows]) => ({
  name: `charts-${name}`,
  path: `${entity(
    'healthy',
  )}/performance?delivery-from=2025-12-01&delivery-to=2026-11-29`,
  answers,
  shows,
}));

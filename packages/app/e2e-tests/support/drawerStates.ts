import type { Page } from 'playwright-core';
import { drawer, fails, loading, never, type State, text } from './states';

const DIFF = `${drawer('resources')}&delivery-resource=Deployment%2Fapi`;

export const DRAWER: State[] = [
  {
    name: 'drawer-loading',
    path: drawer('summary'),
    answers: { getApplication: never },
    shows: loading('Loading api-dev'),
  },
  {
    name: 'drawer-error',
    path: drawer('summary'),
    answers: { getApplication: fails },
    shows: text("Couldn't load the details of api-dev."),
  },
  ...(['summary', 'resources', 'history', 'updater', 'events'] as const).map(
    view => ({
      name: `drawer-many-${view}`,
      path: drawer(view),
      answers: 'application-many',
      shows: (page: Page) =>
        page
          .getByRole('tabpanel')
          .locator('section, ul, ol, table, dl, li')
          .first(),
    }),
  ),
  {
    name: 'drawer-summary',
    path: drawer('summary'),
    shows: text('Result of the last sync'),
    alsoShows: [page => page.getByRole('dialog').getByRole('table')],
  },
  {
    name: 'drawer-resources-loading',
    path: drawer('resources'),
    answers: { getApplicationResources: never },
    shows: loading('Loading the resources'),
  },
  {
    name: 'drawer-resources-empty',
    path: drawer('resources'),
    answers: 'application-empty',
    shows: text('The application has no resources.'),
  },
  {
    name: 'drawer-resources-stale',
    path: drawer('resources'),
    answers: 'application-stale',
    shows: text(/Couldn't load the resources from Argo CD/),
  },
  {
    name: 'drawer-resources-error',
    path: drawer('resources'),
    answers: { getApplicationResources: fails },
    shows: text("Couldn't load the details of api-dev."),
  },
  {
    name: 'drawer-diff',
    path: DIFF,
    shows: text('replicas: 3'),
  },
  {
    name: 'drawer-diff-loading',
    path: DIFF,
    answers: { getApplicationDiff: never },
    shows: loading('Loading the differences'),
  },
  {
    name: 'drawer-diff-error',
    path: DIFF,
    answers: { getApplicationDiff: fails },
    shows: text("Couldn't load the details of api-dev."),
  },
  {
    name: 'drawer-history-empty',
    path: drawer('history'),
    answers: 'application-empty',
    shows: text('Argo CD has no successful sync of this application.'),
  },
  {
    name: 'drawer-updater-empty',
    path: drawer('updater'),
    answers: 'application-empty',
    shows: text(/^Image Updater has no image of this application to update/),
  },
  {
    name: 'drawer-events-loading',
    path: drawer('events'),
    answers: { getApplicationEvents: never },
    shows: loading('Loading the events'),
  },
  {
    name: 'drawer-events-error',
    path: drawer('events'),
    answers: { getApplicationEvents: fails },
    shows: text("Couldn't load the details of api-dev."),
  },
  {
    name: 'drawer-events-empty',
    path: drawer('events'),
    answers: 'application-empty',
    shows: text(/There are no events/),
  },
  {
    name: 'drawer-events-stale',
    path: drawer('events'),
    answers: 'application-stale',
    shows: text(/Couldn't load the events from Argo CD/),
  },
  {
    name: 'drawer-summary-stale',
    path: drawer('summary'),
    answers: 'application-stale',
    shows: text(/main unreachable/),
  },
];

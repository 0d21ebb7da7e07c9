import type { Locator, Page } from 'playwright-core';
import { drawer, entity, loading, text } from './states';

/** A part that loads: its placeholder, and what takes the placeholder's place. */
export interface Loading {
  name: string;
  path: string;
  placeholder(page: Page): Locator;
  shows(page: Page): Locator;
}

export const LOADINGS: Loading[] = [
  {
    name: 'the cards',
    path: entity('healthy'),
    placeholder: loading('Loading deployments'),
    shows: page => page.getByRole('listitem', { name: /^prod: / }).first(),
  },
  {
    name: 'the cards of a rollout',
    path: entity('progressing'),
    placeholder: loading('Loading deployments'),
    shows: text(/^On its way/),
  },
  {
    name: 'the tab',
    path: `${entity('progressing')}/deployments`,
    placeholder: loading('Loading versions'),
    shows: page => page.getByRole('rowheader').first(),
  },
  ...(
    [
      ['summary', 'Loading api-dev'],
      ['resources', 'Loading the resources'],
      ['history', 'Loading api-dev'],
      ['updater', 'Loading api-dev'],
      ['events', 'Loading the events'],
    ] as const
  ).map(([view, placeholder]) => ({
    name: `the drawer's ${view}`,
    path: drawer(view),
    placeholder: loading(placeholder),
    shows: (page: Page) =>
      page
        .getByRole('tabpanel')
        .locator('section, [role="tree"], ol, table')
        .first(),
  })),
  {
    name: 'the fleet page',
    path: '/delivery',
    placeholder: loading('Loading services'),
    shows: text('500 services'),
  },
  {
    name: 'the charts',
    path: `${entity('healthy')}/performance`,
    placeholder: loading('Loading delivery performance'),
    shows: page => page.locator('svg .recharts-bar-rectangle path').first(),
  },
];

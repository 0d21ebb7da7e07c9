import type { ComponentType } from 'react';
import type { Translate } from '../translation';
import { FleetPanel } from './FleetPanel';
import { FleetPerformance } from './FleetPerformance';

/** @internal */
export interface FleetTab {
  /** In the page's URL. */
  id: string;
  title(t: Translate): string;
  Panel: ComponentType;
}

/**
 * What the page shows, the first one at first. With more than one, the page has
 * tabs.
 *
 * @internal
 */
export const FLEET_TABS: FleetTab[] = [
  { id: 'services', title: t => t('fleet.tabs.services'), Panel: FleetPanel },
  {
    id: 'performance',
    title: t => t('performance.title'),
    Panel: FleetPerformance,
  },
];

import { join } from 'node:path';
import { z } from 'zod';
import { ChildProcess, type PortalProcess } from '../../processes';
import { percentile, type Spread, spreadOf } from '../statistics';

/** A task that takes longer delays the page's answer to what its user does. */
const LONG_TASK_MS = 50;

const openingSchema = z.object({
  usableMs: z.number(),
  requestMs: z.number(),
  longestTaskMs: z.number(),
});

const measuredSchema = z.object({
  firstVisits: z.array(openingSchema),
  visits: z.array(openingSchema),
  clicks: z.array(openingSchema),
  scrolling: z.object({
    rows: z.number(),
    longTasksMs: z.array(z.number()),
    framesMs: z.array(z.number()),
  }),
});

/** The time until rows are painted; milliseconds. */
interface Opened {
  usable: Spread;
  /** The request for the services, in the middle of all. */
  requestMs: number;
  /** The longest task of all. */
  longestTaskMs: number;
}

/** How a Chromium shows the fleet page. */
export interface InChromium {
  /** By its address, with an empty cache. */
  firstVisit: Opened;
  /** By its address, with a cache. */
  visit: Opened;
  /** By a click on another page of the portal. */
  click: Opened;
  scrolling: {
    /** How many services went by. */
    rows: number;
    longTasks: number;
    longestTaskMs: number;
    /** From one frame to the next; milliseconds. */
    frame: Spread;
  };
}

/** Opens a portal's fleet page in a Chromium, and scrolls it. */
export async function measureInChromium(
  portal: PortalProcess,
  folder: string,
): Promise<InChromium> {
  const browser = ChildProcess.start({
    name: 'The browser',
    script: 'packages/app/e2e-tests/bench/fleetPage.ts',
    args: ['--url', portal.url],
    logFile: join(folder, 'browser.log'),
  });
  try {
    const { firstVisits, visits, clicks, scrolling } = await browser.message(
      message => measuredSchema.safeParse(message).data,
    );
    const { rows, longTasksMs, framesMs } = scrolling;
    return {
      firstVisit: summaryOf(firstVisits),
      visit: summaryOf(visits),
      click: summaryOf(clicks),
      scrolling: {
        rows,
        longTasks: longTasksMs.filter(ms => ms > LONG_TASK_MS).length,
        longestTaskMs: Math.max(0, ...longTasksMs),
        frame: spreadOf(framesMs),
      },
    };
  } finally {
    await browser.stop();
  }
}

function summaryOf(openings: z.infer<typeof openingSchema>[]): Opened {
  return {
    usable: spreadOf(openings.map(({ usableMs }) => usableMs)),
    requestMs: percentile(
      openings.map(({ requestMs }) => requestMs),
      0.5,
    ),
    longestTaskMs: Math.max(
      ...openings.map(({ longestTaskMs }) => longestTaskMs),
    ),
  };
}

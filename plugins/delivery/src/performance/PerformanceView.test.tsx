import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import type {
  DeliveryApi,
  PerformanceRequest,
  PerformanceResponse,
} from '@landfall/backstage-plugin-delivery-common';
import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  NO_FIGURES,
  performanceFiguresOf,
  performanceOf,
} from '../../dev/fixtures/performance';
import { deliveryApiRef } from '../api';
import { PerformanceView } from './PerformanceView';

const ENTITY = { kind: 'component', namespace: 'default', name: 'api' };

// The first test needn't pay for the charts.
beforeAll(async () => {
  await import('./charts');
});

function setUp(answer: (request: PerformanceRequest) => unknown) {
  const getPerformance = jest.fn<
    Promise<PerformanceResponse>,
    Parameters<DeliveryApi['getPerformance']>
  >(async (request = {}) => {
    const found = await answer(request);
    if (found instanceof Error) {
      throw found;
    }
    return performanceOf(request, found ?? {});
  });
  return {
    getPerformance,
    render: () =>
      renderInTestApp(
        <TestApiProvider apis={[[deliveryApiRef, { getPerformance }]]}>
          <PerformanceView scope={{ entityRef: ENTITY }} />
        </TestApiProvider>,
      ),
  };
}

async function findFigures() {
  const list = await screen.findByRole('list', { name: 'Figures' });
  return within(list).getAllByRole('listitem');
}

describe('PerformanceView', () => {
  beforeEach(() => {
    jest.useFakeTimers({
      now: new Date('2026-11-29T12:00:00Z'),
      doNotFake: ['queueMicrotask', 'setImmediate', 'setTimeout', 'nextTick'],
    });
    window.history.replaceState(null, '', '/');
  });
  afterEach(() => jest.useRealTimers());

  it('shows that it reads, then four figures with their trends', async () => {
    let respond: () => void = () => {};
    const page = setUp(
      () =>
        new Promise<void>(resolve => {
          respond = resolve;
        }),
    );
    await page.render();
    expect(
      await screen.findByRole('progressbar', {
        name: 'Loading delivery performance',
      }),
    ).toBeInTheDocument();

    await act(async () => respond());
    const [frequency, leadTime, failureRate, restoreTime] = await findFigures();
    expect(frequency).toHaveTextContent('Deployment frequency1.9 per day');
    expect(frequency).toHaveTextContent('52 deployments');
    expect(frequency).toHaveTextContent(
      '49% more than in the 28 days before: better',
    );
    expect(leadTime).toHaveTextContent('Lead time12 min90% within 45 min');
    expect(leadTime).toHaveTextContent('As in the 28 days before');
    expect(failureRate).toHaveTextContent(
      'Change failure rate7.1%4 of 56 deployments failed',
    );
    expect(failureRate).toHaveTextContent(
      '5.4 percentage points less than in the 28 days before: better',
    );
    expect(restoreTime).toHaveTextContent('Time to restore25 min');
    expect(page.getPerformance).toHaveBeenCalledWith(
      {
        entity: 'component:default/api',
        from: '2026-11-02',
        to: '2026-11-29',
        interval: 'day',
        environment: undefined,
      },
      expect.anything(),
    );
  });

  it('defines each figure', async () => {
    await setUp(() => undefined).render();
    const button = await screen.findByRole('button', {
      name: 'Definition: Change failure rate',
    });
    await userEvent.hover(button);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      /share of deployments whose sync failed/,
    );
  });

  it('describes each chart in words', async () => {
    await setUp(() => undefined).render();
    expect(
      await screen.findByRole('img', {
        name: 'Deployments and failures, Nov 2, 2026 to Nov 29, 2026. Without failure: at most 4, Nov 11, 2026; Failed: at most 1, Nov 6, 2026.',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('img', { name: /^Lead time.*Median: at most 12 min/ }),
    ).toBeInTheDocument();
  });

  it('shows the numbers of a chart as a table', async () => {
    await setUp(() => ({
      watchedSince: '2026-11-03T08:00:00.000Z',
    })).render();
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Show Deployments and failures as a table',
      }),
    );
    const table = screen.getByRole('table', {
      name: 'Deployments and failures',
    });
    const rows = within(table)
      .getAllByRole('row')
      .map(row => [...row.children].map(cell => cell.textContent ?? ''));
    expect(rows[0]).toEqual([
      'Day (UTC)',
      'Deployments',
      'Healthy',
      'Failed',
      'Failure rate',
    ]);
    expect(rows[1]).toEqual(['Nov 2, 2026', 'not observed']);
    expect(rows[2]).toEqual(['Nov 3, 2026', '1', '1', '0', '0%']);
    expect(rows[5]).toEqual(['Nov 6, 2026', '4', '3', '1', '25%']);
    expect(rows[6]).toEqual(['Nov 7, 2026', '0', '0', '0', '–']);

    await userEvent.click(
      screen.getByRole('button', {
        name: 'Show Deployments and failures as a chart',
      }),
    );
    expect(
      screen.getByRole('img', { name: /^Deployments and failures/ }),
    ).toBeInTheDocument();
  });

  it('downloads the numbers of a chart', async () => {
    const blobs: Blob[] = [];
    URL.createObjectURL = jest.fn(blob => {
      if (blob instanceof Blob) {
        blobs.push(blob);
      }
      return 'blob:csv';
    });
    URL.revokeObjectURL = jest.fn();
    const clicked: string[] = [];
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function record(this: HTMLAnchorElement) {
        clicked.push(this.download);
      });
    await setUp(() => undefined).render();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Download Lead time as CSV' }),
    );
    click.mockRestore();
    expect(clicked).toEqual(['leadTime-2026-11-02-2026-11-29.csv']);
    const text = await blobs[0].text();
    expect(text.replace('\ufeff', '').split('\r\n').slice(0, 3)).toEqual([
      'from,to,versions,p50_seconds,p90_seconds',
      '2026-11-02,2026-11-02,0,,',
      '2026-11-03,2026-11-03,1,720,2700',
    ]);
  });

  it('shows what the lead time consists of', async () => {
    await setUp(() => undefined).render();
    const table = await screen.findByRole('table', {
      name: 'Where the lead time goes',
    });
    expect(
      within(table)
        .getAllByRole('row')
        .slice(1)
        .map(row => row.textContent),
    ).toEqual([
      'Until it was committed6 min50%',
      'Until it was synced2 min17%',
      'Until it was Healthy4 min33%',
    ]);
  });

  it('keeps the period, its parts and the environment in the URL', async () => {
    const page = setUp(() => undefined);
    await page.render();
    await findFigures();
    const last = () => page.getPerformance.mock.lastCall?.[0];

    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Period' }),
      'Last 13 weeks',
    );
    await waitFor(() =>
      expect(last()).toMatchObject({ from: '2026-08-31', interval: 'week' }),
    );
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Grouped by' }),
      'Day',
    );
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Environment' }),
      'prod',
    );
    await waitFor(() =>
      expect(last()).toMatchObject({ interval: 'day', environment: 'prod' }),
    );
    expect(window.location.search).toBe(
      '?delivery-period=91&delivery-interval=day&delivery-environment=prod',
    );
  });

  it('is about two dates that somebody enters', async () => {
    const page = setUp(() => undefined);
    await page.render();
    await findFigures();
    const last = () => page.getPerformance.mock.lastCall?.[0];
    const enter = (label: string, day: string) => {
      const field = screen.getByLabelText(label);
      fireEvent.change(field, { target: { value: day } });
      fireEvent.blur(field);
    };
    const periods = screen.getByRole('combobox', { name: 'Period' });
    await userEvent.selectOptions(periods, 'Between two dates');
    expect(screen.getByLabelText('First day')).toHaveValue('2026-11-02');
    expect(screen.getByLabelText('Last day')).toHaveValue('2026-11-29');

    enter('Last day', '2026-10-31');
    expect(
      screen.getByText('The last day is before the first.'),
    ).toBeInTheDocument();
    expect(last()).toMatchObject({ from: '2026-11-02', to: '2026-11-29' });

    enter('First day', '2026-10-05');
    await waitFor(() =>
      expect(last()).toMatchObject({ from: '2026-10-05', to: '2026-10-31' }),
    );
    expect(window.location.search).toBe(
      '?delivery-from=2026-10-05&delivery-to=2026-10-31',
    );
    await findFigures();

    await userEvent.selectOptions(periods, 'Last 7 days');
    await waitFor(() =>
      expect(last()).toMatchObject({ from: '2026-11-23', to: '2026-11-29' }),
    );
    expect(window.location.search).toBe('?delivery-period=7');
    expect(screen.queryByLabelText('First day')).not.toBeInTheDocument();
  });

  it('follows a link to two dates', async () => {
    window.history.replaceState(
      null,
      '',
      '/?delivery-from=2026-03-02&delivery-to=2026-03-15',
    );
    const page = setUp(() => undefined);
    await page.render();
    const [frequency] = await findFigures();
    expect(page.getPerformance.mock.lastCall?.[0]).toMatchObject({
      from: '2026-03-02',
      to: '2026-03-15',
      interval: 'day',
    });
    // 52 deployments in 14 days.
    expect(frequency).toHaveTextContent('3.7 per day');
    expect(frequency).toHaveTextContent('than in the 14 days before');
  });

  it('follows a link, also to an environment that is gone', async () => {
    window.history.replaceState(
      null,
      '',
      '/?delivery-period=364&delivery-environment=qa',
    );
    const page = setUp(() => undefined);
    await page.render();
    await findFigures();
    expect(page.getPerformance.mock.lastCall?.[0]).toMatchObject({
      from: '2025-12-01',
      interval: 'week',
      environment: 'qa',
    });
    expect(screen.getByRole('combobox', { name: 'Environment' })).toHaveValue(
      'qa',
    );
  });

  it('says what was left out, and what is not known', async () => {
    await setUp(() => ({
      watchedSince: '2026-11-20T08:00:00.000Z',
      current: performanceFiguresOf(9, 0, {
        observed: 3,
        leftOut: { repeated: 1, 'before-watch': 12, 'no-push-time': 2 },
      }),
    })).render();
    const [frequency] = await findFigures();
    // Ten days are known.
    expect(frequency).toHaveTextContent('6.3 per week');
    expect(frequency).toHaveTextContent('No figures from the 28 days before');
    expect(
      screen.getByText('Nothing is known from before Nov 20, 2026.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        'Left out: deployed before Landfall watched the application (12); rollbacks and other returns to an earlier version (1); without a time of the push, in the lead time (2).',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/Versions with such times: 3\./),
    ).toBeInTheDocument();
  });

  it('says that nothing was deployed', async () => {
    await setUp(() => ({ current: NO_FIGURES, previous: NO_FIGURES })).render();
    const figures = await findFigures();
    expect(figures.map(figure => figure.textContent)).toEqual([
      expect.stringContaining('0 per week'),
      expect.stringContaining('No data'),
      expect.stringContaining('No data'),
      expect.stringContaining('No data'),
    ]);
    expect(
      screen.getByText('No deployments in this period.'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('img')).not.toBeInTheDocument();
  });

  it('says that no applications are known', async () => {
    await setUp(() => ({ applications: 0 })).render();
    expect(
      await screen.findByText('No applications to measure are known.'),
    ).toBeInTheDocument();
  });

  it('explains an error, and recovers from it', async () => {
    let failure: Error | undefined = new Error('503 Service Unavailable');
    await setUp(() => failure).render();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent("Couldn't load the delivery performance.");
    expect(alert).toHaveTextContent('503 Service Unavailable');

    failure = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await findFigures();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('keeps the figures while others are read, and when they fail', async () => {
    let isBroken = false;
    const page = setUp(() => (isBroken ? new Error('timeout') : undefined));
    await page.render();
    await findFigures();
    isBroken = true;
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Period' }),
      'Last 7 days',
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      "Couldn't refresh the delivery performance.",
    );
    expect(await findFigures()).toHaveLength(4);
  });

  it('shows a year by days, with tens of thousands of deployments', async () => {
    window.history.replaceState(
      null,
      '',
      '/?delivery-period=364&delivery-interval=day',
    );
    await setUp(() => ({
      current: performanceFiguresOf(123_456, 1234),
    })).render();
    const [frequency] = await findFigures();
    expect(frequency).toHaveTextContent('335.8 per day');
    expect(frequency).toHaveTextContent('122,222 deployments');
    await userEvent.click(
      screen.getByRole('button', { name: 'Show Time to restore as a table' }),
    );
    expect(
      within(
        screen.getByRole('table', { name: 'Time to restore' }),
      ).getAllByRole('row'),
    ).toHaveLength(365);
  });
});

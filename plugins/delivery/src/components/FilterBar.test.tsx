import { renderInTestApp } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type FilterItem, FilterBar } from './FilterBar';

const ITEMS: FilterItem[] = [
  { id: 'owner', control: <input aria-label="Owner" />, isSet: true },
  { id: 'search', control: <input aria-label="Search" />, isMain: true },
  { id: 'sort', control: <input aria-label="Sort by" /> },
];

/** jsdom has no layout, and so no `matchMedia`. */
function withPhone(isPhone: boolean) {
  Object.defineProperty(window, 'matchMedia', {
    configurable: true,
    value: () => ({
      matches: isPhone,
      addListener: () => {},
      removeListener: () => {},
    }),
  });
}

function labels() {
  return screen
    .getAllByRole('textbox')
    .map(control => control.getAttribute('aria-label'));
}

afterEach(() => Reflect.deleteProperty(window, 'matchMedia'));

describe('FilterBar', () => {
  it('shows all controls in their order where there is room', async () => {
    withPhone(false);
    await renderInTestApp(<FilterBar items={ITEMS} />);
    expect(labels()).toEqual(['Owner', 'Search', 'Sort by']);
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('opens all but the main controls on a phone with a button', async () => {
    withPhone(true);
    await renderInTestApp(<FilterBar items={ITEMS} />);
    expect(labels()).toEqual(['Search']);
    const button = screen.getByRole('button', { name: 'Filters (1)' });
    expect(button).toHaveAttribute('aria-expanded', 'false');

    await userEvent.click(button);
    expect(button).toHaveAttribute('aria-expanded', 'true');
    const panel = screen.getByRole('group', { name: 'Filters' });
    expect(button).toHaveAttribute('aria-controls', panel.id);
    expect(within(panel).getByLabelText('Owner')).toBeInTheDocument();
    expect(within(panel).getByLabelText('Sort by')).toBeInTheDocument();

    await userEvent.click(button);
    expect(labels()).toEqual(['Search']);
  });

  it('clears the filters on a phone', async () => {
    withPhone(true);
    const onClear = jest.fn();
    await renderInTestApp(<FilterBar items={ITEMS} onClear={onClear} />);
    await userEvent.click(screen.getByRole('button', { name: 'Filters (1)' }));
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    expect(onClear).toHaveBeenCalledTimes(1);
  });
});

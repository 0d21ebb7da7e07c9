import { act, renderHook } from '@testing-library/react';
import { fleetApplicationOf, fleetServiceOf } from '../../dev/fixtures/fleet';
import { toFleetRows } from './rows';
import { useFleetSelection } from './useFleetSelection';

const rows = toFleetRows(
  ['api', 'web'].map(name =>
    fleetServiceOf(name, [fleetApplicationOf(name, 'dev')]),
  ),
  [],
);

const selected = ({ services }: ReturnType<typeof useFleetSelection>) =>
  services.map(({ entityRef }) => entityRef.name);

describe('useFleetSelection', () => {
  it('selects services, with a function that stays the same', () => {
    const { result } = renderHook(() => useFleetSelection(rows));
    const { toggle } = result.current;
    act(() => {
      toggle(rows[0], true);
      toggle(rows[1], true);
    });
    expect(selected(result.current)).toEqual(['api', 'web']);
    act(() => toggle(rows[0], false));
    expect(selected(result.current)).toEqual(['web']);
    expect(result.current.has(rows[1])).toBe(true);
    expect(result.current.toggle).toBe(toggle);
  });

  it('leaves out what is not shown, and selects all or none', () => {
    const { result, rerender } = renderHook(
      ({ shown }) => useFleetSelection(shown),
      { initialProps: { shown: rows } },
    );
    act(() => result.current.setAll(true));
    expect(selected(result.current)).toEqual(['api', 'web']);
    rerender({ shown: rows.slice(1) });
    expect(selected(result.current)).toEqual(['web']);
    act(() => result.current.setAll(false));
    expect(selected(result.current)).toEqual([]);
  });
});

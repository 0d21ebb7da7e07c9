import { act, renderHook } from '@testing-library/react';
import { useExpanded } from './useExpanded';

describe('useExpanded', () => {
  it('expands and folds by id', () => {
    const { result } = renderHook(() => useExpanded(undefined));
    act(() => result.current[1]('a'));
    act(() => result.current[1]('b'));
    expect([...result.current[0]]).toEqual(['a', 'b']);
    act(() => result.current[1]('a'));
    expect([...result.current[0]]).toEqual(['b']);
  });

  it('expands what is linked to, which can be folded again', () => {
    const { result, rerender } = renderHook(
      ({ linked }: { linked?: string }) => useExpanded(linked),
      { initialProps: { linked: 'a' } },
    );
    expect([...result.current[0]]).toEqual(['a']);
    act(() => result.current[1]('a'));
    expect([...result.current[0]]).toEqual([]);
    rerender({ linked: 'b' });
    expect([...result.current[0]]).toEqual(['b']);
  });
});

import { useCallback, useEffect, useState } from 'react';

/** Other plugins have their own parameters on the same page. */
const PREFIX = 'delivery-';

/**
 * The URL parameter in which `useQueryParam` keeps a value.
 *
 * @internal
 */
export function queryParamOf(name: string): string {
  return `${PREFIX}${name}`;
}

/**
 * One parameter of the page's query string as state, so that the URL can be
 * shared. Other parameters, the fragment and the history state are unchanged.
 *
 * @internal
 */
export function useQueryParam(
  name: string,
): [value: string | undefined, set: (value: string | undefined) => void] {
  const [value, setValue] = useState(() => readParam(name));
  useEffect(() => {
    const update = () => setValue(readParam(name));
    update();
    window.addEventListener('popstate', update);
    return () => window.removeEventListener('popstate', update);
  }, [name]);

  const set = useCallback(
    (next: string | undefined) => setQueryParams({ [name]: next }),
    [name],
  );
  return [value, set];
}

/**
 * Sets or removes several parameters at once, for components that don't show them.
 *
 * @internal
 */
export function setQueryParams(
  values: Record<string, string | undefined>,
): void {
  const url = new URL(window.location.href);
  for (const [name, value] of Object.entries(values)) {
    if (value) {
      url.searchParams.set(queryParamOf(name), value);
    } else {
      url.searchParams.delete(queryParamOf(name));
    }
  }
  const { state } = window.history;
  window.history.replaceState(state, '', url);
  // The app's router doesn't notice `replaceState`. Without this event it would
  // keep the old query string.
  window.dispatchEvent(new PopStateEvent('popstate', { state }));
}

function readParam(name: string): string | undefined {
  const params = new URLSearchParams(window.location.search);
  return params.get(queryParamOf(name)) || undefined;
}

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
    (next: string | undefined) => {
      const url = new URL(window.location.href);
      if (next) {
        url.searchParams.set(queryParamOf(name), next);
      } else {
        url.searchParams.delete(queryParamOf(name));
      }
      const { state } = window.history;
      window.history.replaceState(state, '', url);
      // The app's router doesn't notice `replaceState`. Without this event it
      // would keep the old query string.
      window.dispatchEvent(new PopStateEvent('popstate', { state }));
    },
    [name],
  );
  return [value, set];
}

function readParam(name: string): string | undefined {
  const params = new URLSearchParams(window.location.search);
  return params.get(queryParamOf(name)) || undefined;
}

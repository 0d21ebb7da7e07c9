import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { keepHeight, keptHeight } from './keptHeights';

/**
 * A part of a page that loads. Until then, its placeholder is as high as the part was
 * last time, so that what is below doesn't move when the content arrives.
 *
 * @internal
 */
export function SteadyPart(props: {
  /** The kind of part, such as `images`. */
  part: string;
  /** What it is about, such as a service. */
  scope: string;
  /** An error ends the loading, too, and its height isn't kept. */
  state: 'loading' | 'shown' | 'failed';
  /**
   * @param height - in pixels; undefined until this browser has shown such a part
   */
  placeholder(height: number | undefined): ReactNode;
  children: ReactNode;
}) {
  const { part, scope, state, placeholder, children } = props;
  const ref = useRef<HTMLDivElement>(null);
  const height = useMemo(() => keptHeight({ part, scope }), [part, scope]);
  useEffect(() => {
    const shown = ref.current?.getBoundingClientRect().height;
    // Once: what somebody unfolds isn't unfolded the next time.
    if (state === 'shown' && shown) {
      keepHeight({ part, scope }, shown);
    }
  }, [part, scope, state]);
  return (
    <div ref={ref}>{state === 'loading' ? placeholder(height) : children}</div>
  );
}

/** The state of a part that shows one read. @internal */
export function partStateOf(read: {
  data?: unknown;
  error?: unknown;
}): 'loading' | 'shown' | 'failed' {
  if (read.data !== undefined) {
    return 'shown';
  }
  return read.error === undefined ? 'loading' : 'failed';
}

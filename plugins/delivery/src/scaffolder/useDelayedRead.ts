import { toError, type ErrorLike } from '@backstage/errors';
import { useEffect, useRef, useState } from 'react';

/** @internal */
export interface DelayedRead<T> {
  /** The last answer; of an earlier key unless `isCurrent`. */
  data?: T;
  error?: ErrorLike;
  /** There is an answer or an error for the key. */
  isCurrent: boolean;
  retry(): void;
}

interface Settled<T> {
  key: string;
  data?: T;
  error?: ErrorLike;
}

/**
 * Reads once the key hasn't changed for a while, as it does while somebody types. A
 * request whose key has changed is aborted, so that answers can't overtake each
 * other.
 *
 * @internal
 * @param key - undefined: nothing is read
 */
export function useDelayedRead<T>(
  key: string | undefined,
  read: (signal: AbortSignal) => Promise<T>,
  delayMs: number,
): DelayedRead<T> {
  const [settled, setSettled] = useState<Settled<T>>();
  const [attempts, setAttempts] = useState(0);
  const latest = useRef(read);
  latest.current = read;
  useEffect(() => {
    if (key === undefined) {
      return undefined;
    }
    const controller = new AbortController();
    const { signal } = controller;
    const settle = (result: Omit<Settled<T>, 'key'>) =>
      setSettled(before =>
        signal.aborted ? before : { data: before?.data, ...result, key },
      );
    const timer = setTimeout(() => {
      latest.current(signal).then(
        data => settle({ data }),
        cause => settle({ error: toError(cause) }),
      );
    }, delayMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [key, delayMs, attempts]);
  const isCurrent = key !== undefined && settled?.key === key;
  return {
    data: settled?.data,
    error: isCurrent ? settled?.error : undefined,
    isCurrent,
    retry: () => {
      setSettled(before => before && { ...before, key: '' });
      setAttempts(before => before + 1);
    },
  };
}

import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { DELIVERY_CHANNEL } from '@landfall/backstage-plugin-delivery-common';
import { useEffect, useRef } from 'react';
import { CoalescedTask } from './CoalescedTask';
import { parseSignal } from './signal';

/** Signals of one change come together; this gathers them, and is far below what a person notices. */
const GATHER_MS = 50;

/** Only the net below signals: for apps without them, and for a lost connection. */
const POLL_MS = 30_000;

/**
 * Calls a function whenever something is to be read again: when a signal
 * concerns one of the applications, or all of them, when the browser tab becomes visible, and at
 * intervals while it is.
 *
 * @internal
 */
export function useRefresh(options: {
  refresh(): void;
  /** Of the applications that are shown; absent while that isn't known, so that every signal counts. */
  keys: readonly string[] | undefined;
  /** The caller may not see it, and is not to ask again and again. */
  isRefused: boolean;
}): void {
  // Not every app has the signals plugin installed.
  const signals = useApiHolder().get(signalApiRef);
  const latest = useRef(options);
  latest.current = options;

  useEffect(() => {
    const task = new CoalescedTask(
      async () => latest.current.refresh(),
      GATHER_MS,
    );
    const refresh = () => {
      if (document.visibilityState === 'visible' && !latest.current.isRefused) {
        task.request();
      }
    };
    document.addEventListener('visibilitychange', refresh);
    const poll = setInterval(refresh, POLL_MS);
    const subscription = signals?.subscribe(DELIVERY_CHANNEL, message => {
      const signal = parseSignal(message);
      const shown = latest.current.keys;
      if (
        !shown ||
        signal.appeared ||
        // Also the policies of the Image Updater, and so its verdicts, changed.
        signal.instances ||
        signal.keys.some(key => shown.includes(key))
      ) {
        task.request();
      }
    });
    return () => {
      task.stop();
      clearInterval(poll);
      document.removeEventListener('visibilitychange', refresh);
      subscription?.unsubscribe();
    };
  }, [signals]);
}

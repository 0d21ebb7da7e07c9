import type { AnyMessage } from '@landfall/backstage-plugin-delivery-common';
import { useMessageFormat } from '../translation';

/** Why something isn't allowed or possible. */
interface Refusal {
  code: string;
  parameters?: AnyMessage['parameters'];
  /** In English. */
  message: string;
  /** What to do, in English. */
  advice?: string;
}

/**
 * Returns a function that says why something is refused, and what to do, in the
 * selected language. A code of another release has its English sentences.
 *
 * @internal
 */
export function useRefusalText(): (refusal: Refusal) => string {
  const format = useMessageFormat();
  return ({ code, parameters = {}, message, advice }) => {
    const sentences = [format.message({ code, parameters, message })];
    if (advice) {
      sentences.push(
        format.message({
          code: code.replace(/^action\./, 'remedy.'),
          parameters,
          message: advice,
        }),
      );
    }
    return sentences.map(text => text.replace(/\.?$/, '.')).join(' ');
  };
}

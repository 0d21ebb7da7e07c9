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
  return ({ code, parameters, message, advice }) => {
    // Without parameters, a translation would have gaps.
    const text = (key: string, english: string) =>
      parameters
        ? format.message({ code: key, parameters, message: english })
        : english;
    const sentences = [text(code, message)];
    if (advice) {
      sentences.push(text(code.replace(/^action\./, 'remedy.'), advice));
    }
    return sentences.map(sentence => sentence.replace(/\.?$/, '.')).join(' ');
  };
}

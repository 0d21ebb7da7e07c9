import {
  type TranslationRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import {
  type AnyMessage,
  type DescribedStuckReason,
  formatMessage,
  formatStuckReason,
  isMessageCode,
} from '@landfall/backstage-plugin-delivery-common';
import { useMemo } from 'react';
import { deliveryTranslationRef } from './deliveryTranslationRef';

/** Which code comes is only known when it comes. */
const anyKeyRef: TranslationRef<string, { [key in string]: string }> =
  deliveryTranslationRef;

/** @internal */
export interface MessageFormat {
  message(message: AnyMessage): string;
  /** With its note and what to do. */
  stuckReason(reason: DescribedStuckReason): string;
}

/**
 * Turns reasons, verdicts and advice, which are codes, into sentences of the
 * language that is chosen. For a code of another release that is the sentence
 * that the backend sent.
 *
 * @internal
 */
export function useMessageFormat(): MessageFormat {
  const { t } = useTranslationRef(anyKeyRef);
  return useMemo(() => {
    const translate = (code: string, parameters: Record<string, string>) =>
      isMessageCode(code)
        ? t(`message.${code}`, {
            ...parameters,
            interpolation: { escapeValue: false },
          })
        : undefined;
    return {
      message: message => formatMessage(message, translate),
      stuckReason: reason => formatStuckReason(reason, translate),
    };
  }, [t]);
}

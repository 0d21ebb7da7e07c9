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

/** The code is known only at run time, so any key must type-check. */
const anyKeyRef: TranslationRef<string, { [key in string]: string }> =
  deliveryTranslationRef;

/** @internal */
export interface MessageFormat {
  message(message: AnyMessage): string;
  /** Includes its note and its advice. */
  stuckReason(reason: DescribedStuckReason): string;
}

/**
 * Formats reasons, verdicts and advice, which are codes, as sentences in the
 * selected language. For an unknown code of another release, it uses the
 * sentence that the backend sent.
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

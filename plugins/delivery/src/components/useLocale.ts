import {
  appLanguageApiRef,
  useApiHolder,
} from '@backstage/frontend-plugin-api';

/**
 * The locale in which numbers and dates are written: that of the browser if it is
 * in the selected language, as `en-GB` is English; else the language itself.
 * Undefined, which is the default of `Intl`, if neither is known.
 *
 * @internal
 */
export function useLocale(): string | undefined {
  const language = useApiHolder()
    .get(appLanguageApiRef)
    ?.getLanguage().language;
  return localeOf(language, navigator.language);
}

/** @internal */
export function localeOf(
  language: string | undefined,
  browserLocale: string,
): string | undefined {
  const isSame =
    language === undefined ||
    browserLocale.toLowerCase().split('-')[0] ===
      language.toLowerCase().split('-')[0];
  return [isSame ? browserLocale : language, language].find(isLocale);
}

/** Chromium has texts such as `en-US@posix`, by which `Intl` throws. */
function isLocale(text: string | undefined): text is string {
  try {
    return text !== undefined && Intl.getCanonicalLocales(text).length > 0;
  } catch {
    return false;
  }
}

import {
  appLanguageApiRef,
  errorApiRef,
  translationApiRef,
} from '@backstage/frontend-plugin-api';
import { mockApis, MockErrorApi, TestApiProvider } from '@backstage/test-utils';
import { renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { useFormats } from './useFormats';

function formatsIn(language: string) {
  const languageApi = {
    getAvailableLanguages: () => ({ languages: [language] }),
    getLanguage: () => ({ language }),
    setLanguage: () => {},
    language$: () => {
      throw new Error('not observed');
    },
  };
  const wrapper = ({ children }: { children: ReactNode }) => (
    <TestApiProvider
      apis={[
        [appLanguageApiRef, languageApi],
        [errorApiRef, new MockErrorApi()],
        [translationApiRef, mockApis.translation()],
      ]}
    >
      {children}
    </TestApiProvider>
  );
  return renderHook(() => useFormats(), { wrapper }).result.current;
}

/** As Intl writes spaces, which differ between releases. */
function spaced(text: string): string {
  return text.replace(/\s/g, ' ');
}

describe('useFormats', () => {
  it.each([
    ['en', '1,234.6', '7.1%', '25%', '5.4', 'Nov 2, 2026', 'Nov 2 – 8, 2026'],
    [
      'de',
      '1.234,6',
      '7,1 %',
      '25 %',
      '5,4',
      '2. Nov. 2026',
      '2.–8. Nov. 2026',
    ],
    [
      'ja',
      '1,234.6',
      '7.1%',
      '25%',
      '5.4',
      '2026年11月2日',
      '2026/11/02～2026/11/08',
    ],
  ])('writes numbers and days in %s', (language, ...texts) => {
    const formats = formatsIn(language);
    expect(
      [
        formats.number(1234.56),
        formats.percent(0.0714),
        formats.percent(0.25),
        formats.points(0.0536),
        formats.days({ from: '2026-11-02', to: '2026-11-02' }),
        formats.days({ from: '2026-11-02', to: '2026-11-08' }),
      ].map(spaced),
    ).toEqual(texts);
  });
});

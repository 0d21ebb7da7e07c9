import { isWebUrl, toLinks } from './links';

/** Joined, because ESLint takes a literal script URL for code. */
const SCRIPT_URL = ['javascript', 'alert(1)'].join(':');

describe('toLinks', () => {
  it('puts Argo CD first, then the commit, then the external links', () => {
    expect(
      toLinks({
        argocd: 'https://argocd.example.com/applications/api',
        commit: 'https://git.example.com/commit/1f2e3d4',
        external: ['Shop|https://shop.example.com', 'https://docs.example.com'],
      }),
    ).toEqual([
      {
        kind: 'argocd',
        url: 'https://argocd.example.com/applications/api',
        title: '',
      },
      {
        kind: 'commit',
        url: 'https://git.example.com/commit/1f2e3d4',
        title: '',
      },
      { kind: 'external', url: 'https://shop.example.com', title: 'Shop' },
      {
        kind: 'external',
        url: 'https://docs.example.com',
        title: 'docs.example.com',
      },
    ]);
  });

  it('has each link once', () => {
    const url = 'https://shop.example.com';
    expect(toLinks({ external: [url, url, `Shop|${url}`] })).toHaveLength(2);
  });

  it.each([
    [SCRIPT_URL],
    [`Shop|${SCRIPT_URL}`],
    ['data:text/html,x'],
    ['shop.example.com'],
    [''],
  ])('drops %p, which is not a web address', text => {
    expect(toLinks({ external: [text] })).toEqual([]);
  });
});

describe('isWebUrl', () => {
  it.each([
    ['https://shop.example.com', true],
    ['http://127.0.0.1:8080/x', true],
    ['ftp://shop.example.com', false],
    [SCRIPT_URL, false],
    [undefined, false],
  ])('judges %p', (text, expected) => {
    expect(isWebUrl(text)).toBe(expected);
  });
});

/** What the last page of a sign-in hands to the frontend of Backstage. */
export interface SignInAnswer {
  error?: { name: string; message: string };
  response?: {
    profile: { email?: string };
    backstageIdentity?: {
      token: string;
      identity: { userEntityRef: string };
    };
  };
}

/**
 * Signs in to a Backstage as a browser does: with its cookies, and by following the
 * redirects to a provider and back.
 */
export class SignInVisitor {
  private readonly cookies = new Map<string, string>();

  /**
   * @param url - of the auth backend. Its pages are opened there, even if the portal
   * has another address for the public.
   */
  constructor(private readonly url: string) {}

  /** Signs in by a provider, from the first redirect to the last page. */
  async signIn(provider: string, environment: string): Promise<SignInAnswer> {
    const callback = await this.authorize(provider, environment);
    return signInAnswer(await this.get(callback));
  }

  /** Returns the address that the provider sends the visitor back to. */
  async authorize(provider: string, environment: string): Promise<string> {
    const start = await this.get(
      `${this.url}/${provider}/start?env=${environment}&scope=`,
    );
    const authorize = start.headers.get('location');
    if (!authorize) {
      throw new Error(`${start.status} ${await start.text()}`);
    }
    // Cookies of the portal aren't sent to the provider.
    const atProvider = await fetch(authorize, { redirect: 'manual' });
    return atProvider.headers.get('location') ?? '';
  }

  /** Opens a page of the auth backend. */
  async get(url: string): Promise<Response> {
    const { pathname, search } = new URL(url);
    const response = await fetch(new URL(pathname + search, this.url), {
      redirect: 'manual',
      headers: {
        cookie: [...this.cookies]
          .map(([name, value]) => `${name}=${value}`)
          .join('; '),
        'x-requested-with': 'XMLHttpRequest',
      },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair] = cookie.split(';');
      const equals = pair.indexOf('=');
      this.cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
    }
    return response;
  }
}

/** What the script of the last page hands over. */
export async function signInAnswer(page: Response): Promise<SignInAnswer> {
  const text = await page.text();
  const [, encoded] =
    /authResponse = decodeURIComponent\('([^']*)'\)/.exec(text) ?? [];
  if (encoded === undefined) {
    throw new Error(`${page.status} ${text}`);
  }
  return JSON.parse(decodeURIComponent(encoded));
}

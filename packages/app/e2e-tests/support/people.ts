import { OidcProvider } from '@landfall/testing-kit';
import type { Page } from 'playwright-core';
import type { BrowserSession } from './browserSession';
import type { Landfall } from './landfall';
import { CLIENT, signInBy, userOf } from './oidc';

/** People of the catalog who sign in by a provider of their own, beside the guest. */
export class People {
  /** @param groups - by the names of the people, those that each is a member of */
  static async start(groups: Record<string, string[]>): Promise<People> {
    const [first = ''] = Object.keys(groups);
    return new People(
      groups,
      await OidcProvider.start({
        ...CLIENT,
        user: userOf(first, emailOf(first)),
      }),
    );
  }

  private constructor(
    private readonly groups: Record<string, string[]>,
    private readonly provider: OidcProvider,
  ) {}

  /** What the portal's configuration needs. */
  configFor(landfall: Landfall): object {
    const location = (target: string, ...allow: string[]) => ({
      type: 'file',
      target,
      rules: [{ allow }],
    });
    return {
      ...signInBy(this.provider),
      catalog: {
        // Those of the sandbox, which this list replaces, and the people.
        locations: [
          location('../../catalog/org.yaml', 'User', 'Group', 'System'),
          location('../../templates/*/template.yaml', 'Template'),
          location(
            landfall.write('people.yaml', this.entities()),
            'User',
            'Group',
          ),
        ],
      },
    };
  }

  /** A page of somebody who has signed in, in a browser of their own. */
  async signIn(
    browser: BrowserSession,
    url: string,
    name: string,
  ): Promise<Page> {
    const page = await browser.newPage();
    this.provider.user = userOf(name, emailOf(name));
    await page.goto(url);
    await page.getByRole('button', { name: 'Sign In' }).click();
    await page.getByRole('heading', { name: 'Catalog' }).first().waitFor();
    return page;
  }

  async stop(): Promise<void> {
    await this.provider.stop();
  }

  private entities(): string {
    const groups = [...new Set(Object.values(this.groups).flat())];
    return [
      ...groups.map(name => ({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Group',
        metadata: { name },
        spec: { type: 'team', children: [] },
      })),
      ...Object.entries(this.groups).map(([name, memberOf]) => ({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'User',
        metadata: { name },
        spec: { profile: { email: emailOf(name) }, memberOf },
      })),
    ]
      .map(entity => JSON.stringify(entity))
      .join('\n---\n');
  }
}

function emailOf(name: string): string {
  return `${name}@example.com`;
}

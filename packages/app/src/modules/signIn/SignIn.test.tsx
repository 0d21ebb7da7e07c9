import { configApiRef, githubAuthApiRef } from '@backstage/frontend-plugin-api';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import type { JsonObject } from '@backstage/types';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { oidcAuthApiRef } from './oidcAuthApi';
import { SignIn } from './SignIn';

/** Answers as the API of a provider does for somebody who has no session yet. */
class Provider {
  constructor(private readonly answer: () => Promise<string>) {}

  async getBackstageIdentity({ optional }: { optional?: boolean } = {}) {
    return optional
      ? undefined
      : {
          token: 'a token',
          identity: {
            type: 'user' as const,
            userEntityRef: await this.answer(),
            ownershipEntityRefs: [],
          },
        };
  }

  async getProfile() {
    return { displayName: 'Ada' };
  }

  async signIn() {}

  async signOut() {}

  sessionState$(): never {
    throw new Error('not used');
  }
}

async function open(
  auth: JsonObject,
  answer: () => Promise<string> = async () => 'user:default/ada',
) {
  const signedIn: string[] = [];
  const provider = new Provider(answer);
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [
          configApiRef,
          mockApis.config({
            data: {
              app: { title: 'Landfall', signIn: { oidcTitle: 'Example ID' } },
              auth,
            },
          }),
        ],
        [githubAuthApiRef, provider],
        [oidcAuthApiRef, provider],
      ]}
    >
      <SignIn
        onSignInSuccess={async identity => {
          const { userEntityRef } = await identity.getBackstageIdentity();
          signedIn.push(userEntityRef);
        }}
      />
    </TestApiProvider>,
  );
  return signedIn;
}

/** Clicks, and waits for what the page does with the provider's answer. */
async function clickSignIn() {
  const button = await screen.findByRole('button', { name: 'Sign In' });
  await act(async () => {
    fireEvent.click(button);
  });
}

describe('the page to sign in on', () => {
  it('says what to do if nothing is configured, and offers no guest', async () => {
    await open({ environment: 'production', providers: {} });

    await screen.findByText('Nobody can sign in yet');
    screen.getByText(/for the environment "production".+auth\.providers/);
    expect(screen.queryAllByRole('button', { name: 'Enter' })).toEqual([]);
  });

  it('offers guests where they are configured', async () => {
    await open({ providers: { guest: {} } });

    expect(
      await screen.findAllByRole('button', { name: 'Enter' }),
    ).toHaveLength(1);
  });

  it('signs in by the provider, with its own name', async () => {
    const signedIn = await open({ providers: { oidc: { development: {} } } });

    await screen.findByText('Sign in with your account at Example ID.');
    await clickSignIn();
    await waitFor(() => expect(signedIn).toEqual(['user:default/ada']));
  });

  it('shows why the provider or the catalog refused somebody', async () => {
    const signedIn = await open(
      { providers: { oidc: { development: {} } } },
      async () => {
        throw new Error('unable to resolve user identity');
      },
    );

    await clickSignIn();
    await screen.findByText('unable to resolve user identity');
    expect(signedIn).toEqual([]);
  });

  it('offers all that is configured', async () => {
    await open({
      environment: 'production',
      providers: { github: { production: {} }, oidc: { production: {} } },
    });

    await screen.findByText('GitHub');
    screen.getByText('Example ID');
    expect(screen.getAllByRole('button', { name: 'Sign In' })).toHaveLength(2);
    expect(screen.queryAllByRole('button', { name: 'Enter' })).toEqual([]);
  });
});

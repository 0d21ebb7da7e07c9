import {
  Content,
  EmptyState,
  Header,
  Page,
  SignInPage,
} from '@backstage/core-components';
import {
  configApiRef,
  githubAuthApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { oidcAuthApiRef, oidcTitle } from './oidcAuthApi';
import {
  signInEnvironment,
  type SignInMethod,
  signInMethods,
} from './signInMethods';
import { signInTranslationRef } from './translation';

/** The page that people see until they have signed in. */
export const SignIn = (props: SignInPageProps) => {
  const config = useApi(configApiRef);
  const { t } = useTranslationRef(signInTranslationRef);
  const methods = signInMethods(config);

  const provider = (method: Exclude<SignInMethod, 'guest'>) => {
    const title = method === 'github' ? 'GitHub' : oidcTitle(config);
    return {
      id: method,
      title,
      message: t('account', { provider: title }),
      apiRef: method === 'github' ? githubAuthApiRef : oidcAuthApiRef,
    };
  };

  const [first, ...others] = methods;
  if (first === undefined) {
    return (
      <Page themeId="home">
        <Header title={config.getOptionalString('app.title') ?? 'Backstage'} />
        <Content>
          <EmptyState
            missing="info"
            title={t('nothing.title')}
            description={t('nothing.text', {
              environment: signInEnvironment(config),
            })}
          />
        </Content>
      </Page>
    );
  }
  // With one provider, the page itself shows why a sign-in failed.
  return first !== 'guest' && others.length === 0 ? (
    <SignInPage {...props} provider={provider(first)} />
  ) : (
    <SignInPage
      {...props}
      align="center"
      providers={methods.map(method =>
        method === 'guest' ? method : provider(method),
      )}
    />
  );
};

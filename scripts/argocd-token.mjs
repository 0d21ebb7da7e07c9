import { parseArgs } from 'node:util';
import { ArgoCdApi } from './lib/argocdToken/ArgoCdApi.mjs';
import { renewTokens, wantedTokens } from './lib/argocdToken/renewTokens.mjs';
import { SecretStore } from './lib/argocdToken/SecretStore.mjs';
import { Aws } from './lib/aws.mjs';
import { readDeployConfig } from './lib/deployConfig.mjs';
import { Failure, main } from './lib/say.mjs';

const HELP = `node scripts/argocd-token.mjs --config deploy/aws/config/<yours>.yaml

Makes the tokens that the portal signs in to Argo CD with, and writes them into the
secret <name>/portal/argocd-tokens. Run it again at any time: it renews a token that is
missing, refused, or in the last third of its life, and leaves the others alone. No
token is ever printed.

  --config      the configuration of the deployment
  --server      the URL of Argo CD; default: the domain of the configuration
  --expires-in  days that new tokens last; default 90; 0: without an end
  --rotate      renews all tokens now
  --profile     the profile of the AWS command line; default: its own

Signs in to Argo CD as an administrator, by the variable ARGOCD_AUTH_TOKEN, or by
ARGOCD_USERNAME and ARGOCD_PASSWORD.
`;

const DAY_SECONDS = 86_400;

main(async () => {
  const { values } = parseArgs({
    options: {
      config: { type: 'string' },
      server: { type: 'string' },
      'expires-in': { type: 'string', default: '90' },
      rotate: { type: 'boolean', default: false },
      profile: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help || !values.config) {
    console.log(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const days = Number(values['expires-in']);
  if (!Number.isInteger(days) || days < 0) {
    throw new Failure('--expires-in takes a whole number of days.');
  }
  const config = await readDeployConfig(values.config);
  const api = new ArgoCdApi(serverOf(values.server, config));
  await api.signIn(administrator(process.env));
  const aws = new Aws({ region: config.region, profile: values.profile });
  const done = await renewTokens({
    api,
    store: new SecretStore(aws, `${config.name}/portal/argocd-tokens`),
    wanted: wantedTokens(config),
    expiresIn: days * DAY_SECONDS,
    rotate: values.rotate,
  });
  done.forEach(line => console.log(line));
});

function serverOf(server, { argocd }) {
  if (server) {
    return server;
  }
  if (argocd.mode === 'helm') {
    return `https://${argocd.domain}`;
  }
  throw new Failure(
    'Give --server: the URL of the managed Argo CD, as its page in the console of EKS shows it.',
  );
}

function administrator(env) {
  const {
    ARGOCD_AUTH_TOKEN: token,
    ARGOCD_USERNAME: username,
    ARGOCD_PASSWORD: password,
  } = env;
  if (!token && !(username && password)) {
    throw new Failure(
      'Set ARGOCD_AUTH_TOKEN, or ARGOCD_USERNAME and ARGOCD_PASSWORD, to those of an administrator.',
    );
  }
  return token ? { token } : { username, password };
}

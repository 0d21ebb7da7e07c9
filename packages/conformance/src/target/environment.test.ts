import { EnvironmentError, readEnvironment } from './environment';

const REQUIRED = {
  LANDFALL_CONFORMANCE_ARGOCD_URL: 'https://argocd.example.com',
  LANDFALL_CONFORMANCE_ARGOCD_TOKEN: 'token',
  LANDFALL_CONFORMANCE_PROJECT: 'shop',
  LANDFALL_CONFORMANCE_NAMESPACE: 'dev',
  LANDFALL_CONFORMANCE_GIT_URL: 'https://git.example.com/org/deploy.git',
  LANDFALL_CONFORMANCE_REGISTRY_URL: 'https://registry.example.com:5000',
};

function refusal(env: Record<string, string>): string {
  try {
    readEnvironment(env);
  } catch (error) {
    if (error instanceof EnvironmentError) {
      return error.message;
    }
    throw error;
  }
  return 'none';
}

describe('the environment', () => {
  it('requires six variables and has defaults for the rest', () => {
    expect(readEnvironment({ ...REQUIRED, PATH: '/bin' })).toEqual({
      argocd: expect.objectContaining({
        url: 'https://argocd.example.com',
        token: 'token',
        namespace: 'argocd',
        project: 'shop',
        policyProjects: ['shop', 'default'],
        destination: {
          server: 'https://kubernetes.default.svc',
          namespace: 'dev',
        },
      }),
      git: expect.objectContaining({
        url: 'https://git.example.com/org/deploy.git',
        inClusterUrl: 'https://git.example.com/org/deploy.git',
      }),
      registry: expect.objectContaining({
        url: 'https://registry.example.com:5000',
        imagePrefix: 'registry.example.com:5000',
        path: 'landfall-conformance',
        architecture: 'amd64',
      }),
      updater: { writeBackMethod: 'git:repocreds' },
      failingTag: '0.0.66',
      trust: { insecure: false },
      timeouts: { seconds: 420, intervalMs: 500, updaterSeconds: 180 },
      atOnce: 8,
    });
  });

  it('lists everything that is missing at once', () => {
    expect(refusal({})).toBe(
      `The environment does not describe an installation:
  LANDFALL_CONFORMANCE_ARGOCD_URL is missing
  LANDFALL_CONFORMANCE_PROJECT is missing
  LANDFALL_CONFORMANCE_NAMESPACE is missing
  LANDFALL_CONFORMANCE_GIT_URL is missing
  LANDFALL_CONFORMANCE_REGISTRY_URL is missing
The README of packages/conformance has a table of all variables.`,
    );
  });

  it.each([
    [
      { LANDFALL_CONFORMANCE_ARGOCD_TOKEN: '' },
      'ARGOCD_TOKEN is missing: give a token, or a user and password',
    ],
    [
      { LANDFALL_CONFORMANCE_ARGOCD_USERNAME: 'admin' },
      'ARGOCD_PASSWORD is missing: user and password go together',
    ],
    [
      { LANDFALL_CONFORMANCE_ECR_REGION: 'eu-west-1' },
      'ECR_ACCESS_KEY_ID is missing: region and both keys go together',
    ],
    [
      { LANDFALL_CONFORMANCE_GIT_URL: 'git@example.com:x.git' },
      'GIT_URL must be an http(s) URL',
    ],
    [
      { LANDFALL_CONFORMANCE_WRITE_BACK_METHOD: 'argocd' },
      'WRITE_BACK_METHOD must be git, git:repocreds or git:secret:…',
    ],
    [{ LANDFALL_CONFORMANCE_WAIT: '3' }, 'WAIT is not a variable of the suite'],
    [
      { LANDFALL_CONFORMANCE_CA_FILE: '/nowhere/ca.pem' },
      'CA_FILE: there is no file /nowhere/ca.pem.',
    ],
  ])('refuses %j', (change, message) => {
    expect(refusal({ ...REQUIRED, ...change })).toContain(
      `LANDFALL_CONFORMANCE_${message}`,
    );
  });

  it('accepts an ECR', () => {
    const { registry } = readEnvironment({
      ...REQUIRED,
      LANDFALL_CONFORMANCE_ECR_REGION: 'eu-west-1',
      LANDFALL_CONFORMANCE_ECR_ACCESS_KEY_ID: 'AKIA',
      LANDFALL_CONFORMANCE_ECR_SECRET_ACCESS_KEY: 'secret',
    });
    expect(registry.ecr).toEqual({
      endpoint: 'https://api.ecr.eu-west-1.amazonaws.com',
      region: 'eu-west-1',
      accessKeyId: 'AKIA',
      secretAccessKey: 'secret',
      sessionToken: undefined,
    });
  });
});

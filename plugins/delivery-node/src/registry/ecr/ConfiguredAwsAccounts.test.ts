import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { TestServer } from '../../__testUtils__/httpServer';
import { AwsAccountNotConfiguredError } from './ConfiguredAwsAccounts';
import { EcrClients } from './EcrClients';

const MAIN = '111111111111';
const KEYS = { accessKeyId: 'AKIAMAIN', secretAccessKey: 'secret' };
const DEFAULTS = { roleName: 'landfall', externalId: 'planted-external-id' };

describe('ConfiguredAwsAccounts', () => {
  const before = { ...process.env };
  let sts: TestServer;
  let calls: URLSearchParams[];
  let isUp: boolean;

  beforeEach(async () => {
    calls = [];
    isUp = true;
    sts = await TestServer.start((request, response) => {
      const call = new URLSearchParams(request.body);
      calls.push(call);
      response.writeHead(isUp ? 200 : 400, { 'content-type': 'text/xml' });
      response.end(
        call.get('Action') === 'GetCallerIdentity'
          ? `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${MAIN}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`
          : `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>AKIAROLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
      );
    });
    process.env.AWS_ENDPOINT_URL_STS = sts.url;
    process.env.AWS_ACCESS_KEY_ID = KEYS.accessKeyId;
    process.env.AWS_SECRET_ACCESS_KEY = KEYS.secretAccessKey;
  });

  afterEach(async () => {
    process.env = { ...before };
    await sts.stop();
  });

  async function keyFor(accountId: string, data: JsonObject): Promise<string> {
    const clients = EcrClients.fromConfig(mockServices.rootConfig({ data }));
    try {
      const client = await clients.getClient({
        accountId,
        region: 'eu-west-1',
      });
      return (await client.config.credentials()).accessKeyId;
    } finally {
      await clients.close();
    }
  }

  const aws = { mainAccount: KEYS, accountDefaults: DEFAULTS };
  const assumed = () =>
    calls.flatMap(call =>
      call.get('Action') === 'AssumeRole' ? [call.get('RoleArn')] : [],
    );

  it.each<[string, JsonObject]>([
    ['with a default role', { aws }],
    ['without one', { aws: { mainAccount: KEYS } }],
  ])('refuses an unconfigured account, %s', async (_, data) => {
    await expect(keyFor('999999999999', data)).rejects.toThrow(
      AwsAccountNotConfiguredError,
    );
    await expect(keyFor('999999999999', data)).rejects.toThrow(
      "The AWS account 999999999999 isn't configured. Add it to aws.accounts",
    );
    expect(assumed()).toEqual([]);
  });

  it('uses the main account’s own credentials without a role', async () => {
    expect(await keyFor(MAIN, { aws })).toBe('AKIAMAIN');
    expect(assumed()).toEqual([]);
  });

  it.each<[string, JsonObject]>([
    [
      'aws.accounts',
      {
        aws: {
          ...aws,
          accounts: [{ accountId: '222222222222', roleName: 'landfall' }],
        },
      },
    ],
    [
      'aws.locator.resourceTaggingApi.accounts',
      {
        aws: {
          ...aws,
          locator: { resourceTaggingApi: { accounts: ['222222222222'] } },
        },
      },
    ],
    [
      'delivery.registries',
      {
        aws,
        delivery: {
          registries: [
            {
              host: 'mirror.example.com',
              type: 'ecr',
              accountId: '222222222222',
              region: 'eu-west-1',
            },
          ],
        },
      },
    ],
    [
      'delivery.access.repositories',
      {
        aws,
        delivery: {
          access: {
            repositories: [{ accountId: '222222222222', names: ['shop/*'] }],
          },
        },
      },
    ],
  ])('assumes the role in an account of %s', async (_, data) => {
    expect(await keyFor('222222222222', data)).toBe('AKIAROLE');
    expect(assumed()).toEqual(['arn:aws:iam::222222222222:role/landfall']);
  });

  it('does not report an account as unconfigured while STS is unavailable', async () => {
    isUp = false;
    const failure = keyFor('999999999999', { aws });
    await expect(failure).rejects.toThrow();
    await expect(failure).rejects.not.toThrow(AwsAccountNotConfiguredError);
    expect(assumed()).toEqual([]);
  });
});

import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { type EcrSearchPlace, readEcrSearch } from './readEcrSearch';

const ONE = '123456789012';
const TWO = '210987654321';
const KEYS = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' };
const MIRROR = {
  host: 'ecr.example.com',
  type: 'ecr',
  accountId: ONE,
  region: 'eu-west-1',
};

const locator = (resourceTaggingApi: JsonObject): JsonObject => ({
  aws: { locator: { resourceTaggingApi } },
});

describe('readEcrSearch', () => {
  it.each<[string, JsonObject, EcrSearchPlace[]]>([
    ['the account that the SDK finds', {}, [{}]],
    [
      'the main account',
      { aws: { mainAccount: { region: 'eu-west-1' } } },
      [{}],
    ],
    [
      'accounts with credentials of their own',
      {
        aws: {
          accounts: [
            { accountId: ONE, ...KEYS },
            { accountId: TWO, ...KEYS },
          ],
        },
      },
      [{ accountId: ONE }, { accountId: TWO }],
    ],
    [
      'regions as the AWS plugins have them',
      locator({ regions: ['eu-west-1', 'us-east-1'] }),
      [{ region: 'eu-west-1' }, { region: 'us-east-1' }],
    ],
    [
      'accounts and regions as the AWS plugins have them',
      locator({ accounts: [ONE, TWO], regions: ['eu-west-1', 'us-east-1'] }),
      [
        { accountId: ONE, region: 'eu-west-1' },
        { accountId: ONE, region: 'us-east-1' },
        { accountId: TWO, region: 'eu-west-1' },
        { accountId: TWO, region: 'us-east-1' },
      ],
    ],
    [
      'a mirror, whose account is not searched again',
      {
        aws: { accounts: [{ accountId: ONE, ...KEYS }] },
        delivery: { registries: [MIRROR] },
      },
      [{ accountId: ONE, region: 'eu-west-1' }],
    ],
    [
      'a mirror and the main account',
      {
        aws: { mainAccount: { region: 'us-east-1' } },
        delivery: { registries: [MIRROR, { host: 'ghcr.io', type: 'oci' }] },
      },
      [{}, { accountId: ONE, region: 'eu-west-1' }],
    ],
  ])('reads %s', (_, data, places) => {
    expect(readEcrSearch(mockServices.rootConfig({ data }))).toEqual(places);
  });

  it('reports the key of an invalid account', () => {
    expect(() =>
      readEcrSearch(
        mockServices.rootConfig({ data: locator({ accounts: ['shop'] }) }),
      ),
    ).toThrow("aws.locator.resourceTaggingApi.accounts: 'shop' isn't an AWS");
  });
});

import {
  DescribeRepositoryCreationTemplatesCommand,
  ECRClient,
  type RepositoryCreationTemplate,
} from '@aws-sdk/client-ecr';
import { mockClient } from 'aws-sdk-client-mock';
import { templateFor, withCreationTemplate } from './creationTemplate';
import { toSpec } from './toSpec';

const shop: RepositoryCreationTemplate = {
  prefix: 'shop',
  imageTagMutability: 'MUTABLE',
  encryptionConfiguration: { encryptionType: 'KMS', kmsKey: 'arn:key' },
  lifecyclePolicy: '{"rules":[]}',
  repositoryPolicy: '{"Statement":[]}',
  resourceTags: [
    { Key: 'team', Value: 'shop' },
    { Key: 'stage', Value: 'all' },
  ],
};

describe('templateFor', () => {
  const templates = [
    { prefix: 'ROOT' },
    { prefix: 'shop' },
    { prefix: 'shop/internal' },
  ];

  it.each([
    ['shop/api', 'shop'],
    ['shop/internal/api', 'shop/internal'],
    ['shop/internals', 'shop'],
    ['shopping/api', 'ROOT'],
    ['shop', 'ROOT'],
  ])('chooses for %s the template %s', (name, prefix) => {
    expect(templateFor(name, templates)).toEqual({ prefix });
    expect(templateFor(name, [...templates].reverse())).toEqual({ prefix });
  });

  it('chooses none if none fits', () => {
    expect(templateFor('pay/api', [shop])).toBeUndefined();
  });
});

describe('withCreationTemplate', () => {
  const ecr = mockClient(ECRClient);
  const client = new ECRClient({ region: 'eu-west-1' });

  beforeEach(() => {
    ecr.reset();
    // The second of two pages has the template.
    ecr
      .on(DescribeRepositoryCreationTemplatesCommand)
      .callsFake(({ nextToken }) =>
        nextToken
          ? { repositoryCreationTemplates: [shop] }
          : { repositoryCreationTemplates: [], nextToken: 'more' },
      );
  });

  it('takes what the request leaves open from the template', async () => {
    const input = await withCreationTemplate(client, { name: 'shop/api' });
    expect(toSpec(input)).toEqual({
      name: 'shop/api',
      entityRef: undefined,
      imageTagMutability: 'MUTABLE',
      scanOnPush: true,
      encryption: { type: 'KMS', kmsKey: 'arn:key' },
      lifecyclePolicy: { rules: [] },
      repositoryPolicy: { Statement: [] },
      tags: { team: 'shop', stage: 'all' },
    });
  });

  it('prefers the request', async () => {
    const input = await withCreationTemplate(client, {
      name: 'shop/api',
      imageTagMutability: 'IMMUTABLE',
      encryption: { type: 'AES256' },
      keepTaggedImages: 5,
      pullAccountIds: ['210987654321'],
      tags: { stage: 'prod' },
    });
    expect(toSpec(input)).toMatchObject({
      imageTagMutability: 'IMMUTABLE',
      encryption: { type: 'AES256' },
      lifecyclePolicy: { rules: [{}, { selection: { countNumber: 5 } }] },
      repositoryPolicy: { Statement: [{ Sid: 'PullFromOtherAccounts' }] },
      tags: { team: 'shop', stage: 'prod' },
    });
  });

  it('changes nothing where no template fits', async () => {
    const input = { name: 'pay/api' };
    await expect(withCreationTemplate(client, input)).resolves.toBe(input);
  });
});

import type { Entity } from '@backstage/catalog-model';
import fc from 'fast-check';
import { parseRepositoryLocator, REPOSITORY_ANNOTATIONS } from './repositories';

function parse(annotations: { arn?: string; tags?: string }) {
  const { arn, tags } = annotations;
  const entity: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'api',
      annotations: {
        ...(arn !== undefined && { [REPOSITORY_ANNOTATIONS.arn]: arn }),
        ...(tags !== undefined && { [REPOSITORY_ANNOTATIONS.tags]: tags }),
      },
    },
  };
  return parseRepositoryLocator(entity);
}

const ARN = 'arn:aws:ecr:eu-west-1:123456789012:repository/shop/api';
const ID = {
  accountId: '123456789012',
  region: 'eu-west-1',
  name: 'shop/api',
};

describe('parseRepositoryLocator', () => {
  it('finds nothing where nothing is named', () => {
    expect(parse({})).toEqual({ repositories: [], problems: [] });
    expect(
      parseRepositoryLocator({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'api' },
      }),
    ).toEqual({ repositories: [], problems: [] });
  });

  it.each<[string, Partial<typeof ID>]>([
    [ARN, {}],
    [` ${ARN} `, {}],
    ['arn:aws:ecr:eu-west-1:123456789012:repository/api', { name: 'api' }],
    [
      'arn:aws:ecr:ap-southeast-2:123456789012:repository/a/b/c-d_e.f1',
      { region: 'ap-southeast-2', name: 'a/b/c-d_e.f1' },
    ],
    [
      'arn:aws-cn:ecr:cn-northwest-1:123456789012:repository/shop/api',
      { region: 'cn-northwest-1' },
    ],
    [
      'arn:aws-us-gov:ecr:us-gov-east-1:123456789012:repository/shop/api',
      { region: 'us-gov-east-1' },
    ],
    [
      'arn:aws-eusc:ecr:eusc-de-east-1:123456789012:repository/shop/api',
      { region: 'eusc-de-east-1' },
    ],
    [
      'arn:aws-iso:ecr:us-iso-east-1:123456789012:repository/shop/api',
      { region: 'us-iso-east-1' },
    ],
    [
      'arn:aws-iso-b:ecr:us-isob-east-1:123456789012:repository/shop/api',
      { region: 'us-isob-east-1' },
    ],
    [
      'arn:aws-iso-e:ecr:eu-isoe-west-1:123456789012:repository/shop/api',
      { region: 'eu-isoe-west-1' },
    ],
    [
      'arn:aws-iso-f:ecr:us-isof-south-1:123456789012:repository/shop/api',
      { region: 'us-isof-south-1' },
    ],
  ])('reads the ARN %j', (arn, changes) => {
    expect(parse({ arn })).toEqual({
      repositories: [{ ...ID, ...changes }],
      problems: [],
    });
  });

  it('reads several ARNs, each once', () => {
    expect(
      parse({ arn: `${ARN},${ARN.replace('api', 'worker')},,${ARN}` })
        .repositories,
    ).toEqual([ID, { ...ID, name: 'shop/worker' }]);
  });

  it.each([
    ['', 'is empty'],
    [' , ', 'is empty'],
    ['shop/api', "'shop/api' in aws.amazon.com/amazon-ecr-arn is not the ARN"],
    ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api', 'is not the ARN'],
    [ARN.replace(':ecr:', ':ecs:'), 'is not the ARN'],
    [ARN.replace('repository/', ''), 'is not the ARN'],
    [ARN.replace('repository/', 'repository/'.slice(0, -1)), 'is not the ARN'],
    [ARN.replace('123456789012', '12345678901'), 'is not the ARN'],
    [ARN.replace('eu-west-1', ''), 'is not the ARN'],
    [ARN.replace('eu-west-1', '*'), 'is not the ARN'],
    [ARN.replace('shop/api', ''), 'is not the ARN'],
    [ARN.replace('shop/api', 'Shop/api'), "ends in 'Shop/api'"],
    [ARN.replace('shop/api', 'shop//api'), "ends in 'shop//api'"],
    [ARN.replace('shop/api', 'shop/../api'), "ends in 'shop/../api'"],
    [ARN.replace('shop/api', 'shop/api:1.0'), "ends in 'shop/api:1.0'"],
    [ARN.replace('shop/api', '*'), "ends in '*'"],
    [ARN.replace('shop/api', 'a'), "ends in 'a'"],
    [ARN.replace('shop/api', 'a'.repeat(257)), "ends in 'aaa"],
    [ARN.replace(':aws:', ':aws-moon:'), 'is of the partition aws-moon'],
    [ARN.replace(':aws:', ':aws-iso:'), 'has the region eu-west-1'],
    [ARN.replace('eu-west-1', 'us-iso-east-1'), 'has the region us-iso-east-1'],
    [ARN.replace(':aws:', ':constructor:'), 'is of the partition constructor'],
    [ARN.replace(':aws:', ':aws-cn:'), 'has the region eu-west-1'],
    [ARN.replace('eu-west-1', 'cn-north-1'), 'has the region cn-north-1'],
    [ARN.replace('eu-west-1', 'us-gov-west-1'), 'has the region us-gov-west-1'],
  ])('says what is wrong with the ARN %j', (arn, message) => {
    expect(parse({ arn })).toEqual({
      repositories: [],
      problems: [
        {
          code: 'arn-malformed',
          message: expect.stringContaining(message),
          advice: expect.stringContaining('arn:aws:ecr:<region>:<account>'),
        },
      ],
    });
  });

  it('uses the first 20 ARNs, and says so', () => {
    const arns = Array.from({ length: 21 }, (_, index) => `${ARN}-${index}`);
    const { repositories, problems } = parse({ arn: arns.join(',') });
    expect(repositories).toHaveLength(20);
    expect(problems).toEqual([
      {
        code: 'too-many',
        message:
          'aws.amazon.com/amazon-ecr-arn has 21 entries; only the first 20 are used',
        advice: expect.stringContaining('aws.amazon.com/amazon-ecr-tags'),
      },
    ]);
  });

  it('uses the ARNs in the first 4096 characters, and says so', () => {
    const long = ARN.replace('shop/api', 'a'.repeat(250));
    const arns = Array.from({ length: 18 }, (_, index) => `${long}${index}`);
    const { repositories, problems } = parse({ arn: arns.join(',') });
    expect(repositories.length).toBeGreaterThan(10);
    expect(repositories.length).toBeLessThan(18);
    expect(problems).toMatchObject([{ code: 'annotation-too-long' }]);
  });

  it('searches for nothing where the tags are too long', () => {
    const tags = `team=shop,${','.repeat(200_000)}`;
    expect(parse({ tags })).toEqual({
      repositories: [],
      problems: [
        {
          code: 'annotation-too-long',
          message: expect.stringContaining("isn't used"),
          advice: expect.stringContaining('key=value'),
        },
      ],
    });
  });

  it('uses the ARNs beside one that is wrong', () => {
    const { repositories, problems } = parse({ arn: `nonsense,${ARN}` });
    expect(repositories).toEqual([ID]);
    expect(problems.map(({ code }) => code)).toEqual(['arn-malformed']);
  });

  it.each<[string, Record<string, string>]>([
    ['team=shop', { team: 'shop' }],
    [' team = shop , env=dev ', { team: 'shop', env: 'dev' }],
    ['team=', { team: '' }],
    ['team=shop,', { team: 'shop' }],
    ['team=shop,team=shop', { team: 'shop' }],
    [
      'aws:cloudformation:stack-name=a/b',
      { 'aws:cloudformation:stack-name': 'a/b' },
    ],
    ['query=a=b', { query: 'a=b' }],
    ['Größe=groß und klein', { Größe: 'groß und klein' }],
  ])('reads the tags %j', (tags, expected) => {
    expect(parse({ tags })).toEqual({
      repositories: [],
      tags: expected,
      problems: [],
    });
  });

  it.each([
    ['', 'there is no tag'],
    [' , ', 'there is no tag'],
    ['team', "'team' has no equals sign"],
    ['=shop', "'=shop' has no key"],
    ['team=shop,env', "'env' has no equals sign"],
    ['team=shop,team=other', 'gives team another value'],
    ['team=shop;env=dev', 'has a character that AWS allows in no tag'],
    [`${'k'.repeat(129)}=v`, 'is longer than a tag of AWS can be'],
    [`k=${'v'.repeat(257)}`, 'is longer than a tag of AWS can be'],
  ])('searches for none of the tags %j, and says why', (tags, message) => {
    expect(parse({ tags })).toEqual({
      repositories: [],
      problems: [
        {
          code: 'tags-malformed',
          message: expect.stringContaining(message),
          advice: expect.stringContaining('key=value'),
        },
      ],
    });
  });

  it('takes both annotations', () => {
    expect(parse({ arn: ARN, tags: 'team=shop' })).toEqual({
      repositories: [ID],
      tags: { team: 'shop' },
      problems: [],
    });
    expect(parse({ arn: ARN, tags: 'team' })).toMatchObject({
      repositories: [ID],
      problems: [{ code: 'tags-malformed' }],
    });
  });

  const component = fc.stringMatching(
    /^[a-z0-9]{1,8}(?:[._-][a-z0-9]{1,8}){0,2}$/,
  );
  const identifier = fc.record({
    accountId: fc.stringMatching(/^\d{12}$/),
    region: fc.constantFrom('us-east-1', 'eu-central-2', 'ap-southeast-5'),
    name: fc
      .array(component, { minLength: 1, maxLength: 4 })
      .map(parts => parts.join('/'))
      .filter(name => name.length >= 2),
  });

  it('reads what ECR writes', () => {
    fc.assert(
      fc.property(
        fc.array(identifier, { minLength: 1, maxLength: 20 }),
        ids => {
          const arns = ids.map(
            ({ accountId, region, name }) =>
              `arn:aws:ecr:${region}:${accountId}:repository/${name}`,
          );
          const { repositories, problems } = parse({ arn: arns.join(', ') });
          expect(problems).toEqual([]);
          expect(new Set(repositories.map(id => JSON.stringify(id)))).toEqual(
            new Set(ids.map(id => JSON.stringify(id))),
          );
        },
      ),
      { numRuns: 3000, verbose: 1 },
    );
  });

  it('either uses what is written or says why not, and never throws', () => {
    const fragment = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        ARN,
        'arn:aws:ecr:',
        ':',
        '=',
        'team=shop',
        '__proto__=x',
      ),
    );
    const text = fc.array(fragment).map(parts => parts.join(''));
    const list = fc.array(text).map(parts => parts.join(','));
    fc.assert(
      fc.property(list, list, (arn, tags) => {
        const found = parse({ arn, tags });
        const codes = found.problems.map(({ code }) => code);
        expect(
          found.repositories.length > 0 || codes.includes('arn-malformed'),
        ).toBe(true);
        expect(found.tags !== undefined).toBe(
          !codes.includes('tags-malformed'),
        );
        for (const { name, accountId } of found.repositories) {
          expect(name).toMatch(/^[a-z0-9][a-z0-9._/-]*$/);
          expect(accountId).toMatch(/^\d{12}$/);
        }
        for (const { message, advice } of found.problems) {
          expect(message.length).toBeGreaterThan(0);
          expect(advice.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 5000, verbose: 1 },
    );
  });

  it('keeps its words short, whatever is written', () => {
    const hostile = `arn:aws:ecr:${'a-'.repeat(
      50_000,
    )}:123456789012:repository/${'a-'.repeat(50_000)}!`;
    const { problems } = parse({ arn: hostile, tags: hostile });
    expect(problems).toHaveLength(2);
    for (const { message } of problems) {
      expect(message.length).toBeLessThan(400);
    }
  });
});

import type { Entity } from '@backstage/catalog-model';
import fc from 'fast-check';
import { describeProblem } from '../api';
import type { AnyMessage } from '../messages';
import {
  ecrRepositoryArn,
  parseRepositoryLocator,
  REPOSITORY_ANNOTATIONS,
} from './repositories';

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

const { arn: ARN_ANNOTATION, tags: TAGS_ANNOTATION } = REPOSITORY_ANNOTATIONS;

const WRITE_TAGS = {
  code: 'advice.write-tags',
  parameters: { annotation: TAGS_ANNOTATION },
};

function fault(code: string, parameters: Record<string, string>): AnyMessage {
  return { code: `fault.${code}`, parameters };
}

describe('parseRepositoryLocator', () => {
  it('finds nothing without annotations', () => {
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

  it.each(['', ' , '])('reports that the ARN %j is missing', arn => {
    expect(parse({ arn })).toEqual({
      repositories: [],
      problems: [
        {
          code: 'arn-missing',
          parameters: { annotation: ARN_ANNOTATION },
          advice: {
            code: 'advice.write-arns-or-remove',
            parameters: { annotation: ARN_ANNOTATION },
          },
        },
      ],
    });
  });

  const notAnArn = fault('not-an-arn', {});
  const partitions =
    'aws, aws-cn, aws-us-gov, aws-eusc, aws-iso, aws-iso-b, aws-iso-e, aws-iso-f';

  it.each([
    ['shop/api', notAnArn],
    ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api', notAnArn],
    [ARN.replace(':ecr:', ':ecs:'), notAnArn],
    [ARN.replace('repository/', ''), notAnArn],
    [ARN.replace('repository/', 'repository/'.slice(0, -1)), notAnArn],
    [ARN.replace('123456789012', '12345678901'), notAnArn],
    [ARN.replace('eu-west-1', ''), notAnArn],
    [ARN.replace('eu-west-1', '*'), notAnArn],
    [ARN.replace('shop/api', ''), notAnArn],
    ...['Shop/api', 'shop//api', 'shop/../api', 'shop/api:1.0', '*', 'a'].map(
      (name): [string, AnyMessage] => [
        ARN.replace('shop/api', name),
        fault('repository-name-invalid', { name }),
      ],
    ),
    [
      ARN.replace('shop/api', 'a'.repeat(257)),
      fault('repository-name-invalid', { name: `${'a'.repeat(100)}…` }),
    ],
    [
      ARN.replace(':aws:', ':aws-moon:'),
      fault('partition-unknown', { partition: 'aws-moon', partitions }),
    ],
    [
      ARN.replace(':aws:', ':aws-iso:'),
      fault('region-elsewhere', { partition: 'aws-iso', region: 'eu-west-1' }),
    ],
    [
      ARN.replace('eu-west-1', 'us-iso-east-1'),
      fault('region-elsewhere', { partition: 'aws', region: 'us-iso-east-1' }),
    ],
    [
      ARN.replace(':aws:', ':constructor:'),
      fault('partition-unknown', { partition: 'constructor', partitions }),
    ],
    [
      ARN.replace(':aws:', ':aws-cn:'),
      fault('region-elsewhere', { partition: 'aws-cn', region: 'eu-west-1' }),
    ],
    [
      ARN.replace('eu-west-1', 'cn-north-1'),
      fault('region-elsewhere', { partition: 'aws', region: 'cn-north-1' }),
    ],
    [
      ARN.replace('eu-west-1', 'us-gov-west-1'),
      fault('region-elsewhere', { partition: 'aws', region: 'us-gov-west-1' }),
    ],
  ])('reports what is wrong with the ARN %j', (arn, expected) => {
    expect(parse({ arn })).toEqual({
      repositories: [],
      problems: [
        {
          code: 'arn-malformed',
          parameters: {
            annotation: ARN_ANNOTATION,
            arn: expect.stringContaining(arn.slice(0, 100)),
            fault: expected,
          },
          advice: {
            code: 'advice.write-arns',
            parameters: { annotation: ARN_ANNOTATION },
          },
        },
      ],
    });
  });

  it('uses the first 20 ARNs, and reports the rest', () => {
    const arns = Array.from({ length: 21 }, (_, index) => `${ARN}-${index}`);
    const { repositories, problems } = parse({ arn: arns.join(',') });
    expect(repositories).toHaveLength(20);
    expect(problems).toEqual([
      {
        code: 'too-many',
        parameters: { annotation: ARN_ANNOTATION, entries: '21', limit: '20' },
        advice: {
          code: 'advice.shorten-arns',
          parameters: { limit: '20', tags: TAGS_ANNOTATION },
        },
      },
    ]);
  });

  it('uses the ARNs in the first 4096 characters, and reports the rest', () => {
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
          code: 'tags-too-long',
          parameters: {
            annotation: TAGS_ANNOTATION,
            characters: '200010',
            limit: '4096',
          },
          advice: WRITE_TAGS,
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
    ['', fault('no-tag', {})],
    [' , ', fault('no-tag', {})],
    ['team', fault('tag-without-value', { tag: 'team' })],
    ['=shop', fault('tag-without-key', { tag: '=shop' })],
    ['team=shop,env', fault('tag-without-value', { tag: 'env' })],
    [
      'team=shop,team=other',
      fault('tag-contradictory', { tag: 'team=other', key: 'team' }),
    ],
    [
      'team=shop;env=dev',
      fault('tag-character-invalid', { tag: 'team=shop;env=dev' }),
    ],
    [
      `${'k'.repeat(129)}=v`,
      fault('tag-too-long', { tag: `${'k'.repeat(100)}…` }),
    ],
    [
      `k=${'v'.repeat(257)}`,
      fault('tag-too-long', { tag: `k=${'v'.repeat(98)}…` }),
    ],
  ])('searches for none of the tags %j, and reports why', (tags, expected) => {
    expect(parse({ tags })).toEqual({
      repositories: [],
      problems: [
        {
          code: 'tags-malformed',
          parameters: { annotation: TAGS_ANNOTATION, faults: [expected] },
          advice: WRITE_TAGS,
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

  it('uses or reports every part of any text, and never throws', () => {
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
          found.repositories.length > 0 ||
            codes.includes('arn-malformed') ||
            codes.includes('arn-missing'),
        ).toBe(true);
        expect(found.tags !== undefined).toBe(
          !codes.includes('tags-malformed'),
        );
        for (const { name, accountId } of found.repositories) {
          expect(name).toMatch(/^[a-z0-9][a-z0-9._/-]*$/);
          expect(accountId).toMatch(/^\d{12}$/);
        }
        for (const problem of found.problems) {
          const { message, advice } = describeProblem(problem);
          expect(message.length).toBeGreaterThan(0);
          expect(advice.message.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 5000, verbose: 1 },
    );
  });

  it('keeps messages short for any text', () => {
    const hostile = `arn:aws:ecr:${'a-'.repeat(
      50_000,
    )}:123456789012:repository/${'a-'.repeat(50_000)}!`;
    const { problems } = parse({ arn: hostile, tags: hostile });
    expect(problems).toHaveLength(2);
    for (const problem of problems) {
      expect(describeProblem(problem).message.length).toBeLessThan(400);
    }
  });
});

describe('ecrRepositoryArn', () => {
  it.each([
    ['eu-west-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-east-1', 'aws-us-gov'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
  ])('is what the annotation takes, in %s', (region, partition) => {
    const arn = ecrRepositoryArn({ ...ID, region });
    expect(arn).toBe(
      ARN.replace('aws:ecr:eu-west-1', `${partition}:ecr:${region}`),
    );
    expect(parse({ arn })).toEqual({
      repositories: [{ ...ID, region }],
      problems: [],
    });
  });

  it('is none in a region of an unknown partition', () => {
    expect(
      ecrRepositoryArn({ ...ID, region: 'us-isox-east-1' }),
    ).toBeUndefined();
  });
});

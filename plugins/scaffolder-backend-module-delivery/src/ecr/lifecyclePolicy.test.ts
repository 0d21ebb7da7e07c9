import { lifecyclePolicyOf } from './lifecyclePolicy';

const rulesOf = (expireUntaggedAfterDays: number, keepTaggedImages?: number) =>
  lifecyclePolicyOf({ expireUntaggedAfterDays, keepTaggedImages });

describe('lifecyclePolicyOf', () => {
  it('expires untagged images only, unless told otherwise', () => {
    expect(rulesOf(14)).toEqual({
      rules: [
        {
          rulePriority: 1,
          description: 'Expire untagged images after 14 days',
          selection: {
            tagStatus: 'untagged',
            countType: 'sinceImagePushed',
            countUnit: 'days',
            countNumber: 14,
          },
          action: { type: 'expire' },
        },
      ],
    });
  });

  it('counts tagged images only', () => {
    expect(rulesOf(0, 50)).toMatchObject({
      rules: [
        {
          selection: {
            tagStatus: 'tagged',
            tagPatternList: ['*'],
            countNumber: 50,
          },
        },
      ],
    });
    expect(rulesOf(14, 50)?.rules).toHaveLength(2);
  });

  it('is none when nothing expires', () => {
    expect(rulesOf(0)).toBeUndefined();
  });
});

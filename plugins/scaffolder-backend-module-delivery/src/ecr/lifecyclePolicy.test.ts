import { toLifecyclePolicy } from './lifecyclePolicy';

const rulesOf = (expireUntaggedAfterDays: number, keepTaggedImages?: number) =>
  toLifecyclePolicy({ expireUntaggedAfterDays, keepTaggedImages });

describe('toLifecyclePolicy', () => {
  it('expires only untagged images by default', () => {
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

  it('counts only tagged images', () => {
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

  it('is undefined if nothing expires', () => {
    expect(rulesOf(0)).toBeUndefined();
  });
});

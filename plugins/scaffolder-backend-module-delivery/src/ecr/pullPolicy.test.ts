import { toPullPolicy } from './pullPolicy';

const principalsOf = (accountIds: string[], region?: string) =>
  toPullPolicy(accountIds, region).Statement;

describe('toPullPolicy', () => {
  it.each([
    [undefined, 'aws'],
    ['eu-west-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])('names an account in the partition of %s', (region, partition) => {
    expect(principalsOf(['210987654321'], region)).toEqual([
      expect.objectContaining({
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::210987654321:root` },
      }),
    ]);
  });

  it('is the same for the same accounts, so that nothing seems to differ', () => {
    const policy = toPullPolicy(['222222222222', '111111111111'], undefined);
    expect(policy).toEqual(
      toPullPolicy(['111111111111', '222222222222', '111111111111'], undefined),
    );
  });

  it('allows nothing but pulls', () => {
    expect(principalsOf(['210987654321'])).toEqual([
      expect.objectContaining({
        Action: [
          'ecr:BatchCheckLayerAvailability',
          'ecr:BatchGetImage',
          'ecr:GetDownloadUrlForLayer',
        ],
      }),
    ]);
  });
});

import { ENTITY_REF_MARK } from '@landfall/backstage-plugin-delivery-common';
import { keptAnnotations } from './annotations';

const UPDATER = 'argocd-image-updater.argoproj.io';

describe('keptAnnotations', () => {
  it('keeps relevant annotations, without credentials', () => {
    expect(
      keptAnnotations({
        [ENTITY_REF_MARK]: 'component:default/api',
        'argocd.argoproj.io/manifest-generate-paths': '.;/charts',
        'kubectl.kubernetes.io/last-applied-configuration': '{}',
        'link.argocd.argoproj.io/x': 'https://x.example.com',
        [`${UPDATER}/image-list`]: 'app=shop/api',
        [`${UPDATER}/app.allow-tags`]: 'any',
        [`${UPDATER}/app.pull-secret`]: 'pullsecret:argocd/ecr',
        [`${UPDATER}/side.pull-secret`]: 's3cret',
        [`${UPDATER}/git-repository`]: 'https://u:p@git.example.com/x',
        [`${UPDATER}/password`]: 's3cret',
      }),
    ).toEqual({
      [ENTITY_REF_MARK]: 'component:default/api',
      'argocd.argoproj.io/manifest-generate-paths': '.;/charts',
      [`${UPDATER}/image-list`]: 'app=shop/api',
      [`${UPDATER}/app.allow-tags`]: 'any',
      [`${UPDATER}/app.pull-secret`]: 'pullsecret:argocd/ecr',
      [`${UPDATER}/side.pull-secret`]: 'withheld',
      [`${UPDATER}/git-repository`]: 'https://git.example.com/x',
      [`${UPDATER}/password`]: '',
    });
  });

  it.each([
    ['secret:argocd/ecr#creds', true],
    ['Secret:argocd/ecr#creds', true],
    ['quay.io=pullsecret:argocd/quay', true],
    ['localhost:5000=env:REGISTRY', true],
    [' ext:/scripts/login.sh', true],
    ['', true],
    ['user:s3cret', false],
    ['s3cret', false],
  ])('keeps the pull-secret %j: %s', (text, isKept) => {
    const name = `${UPDATER}/pull-secret`;
    expect(keptAnnotations({ [name]: text })).toEqual({
      [name]: isKept ? text : 'withheld',
    });
  });
});

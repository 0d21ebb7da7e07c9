import { ImageParameters, kustomizeImages } from './parameters';

const UPDATER = 'argocd-image-updater.argoproj.io';
const ECR = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

function select(
  parameters: Record<string, string>,
  options: { annotations?: Record<string, string>; images?: string[] } = {},
) {
  return ImageParameters.of({ annotations: {}, images: [], ...options })
    .select(
      Object.entries(parameters).map(([name, value]) => ({ name, value })),
    )
    .map(({ name }) => name);
}

describe('ImageParameters', () => {
  it('keeps the parameters that the Image Updater writes by default', () => {
    expect(
      select({
        'image.name': 'shop/api',
        'image.tag': '1.0.0',
        'db.password': 'hunter2',
      }),
    ).toEqual(['image.name', 'image.tag']);
  });

  it('keeps the parameters that annotations reference', () => {
    const annotations = {
      [`${UPDATER}/app.helm.image-name`]: 'app.repo',
      [`${UPDATER}/app.helm.image-tag`]: ' app.version ',
      [`${UPDATER}/side.helm.image-spec`]: 'side.spec',
    };
    expect(
      select(
        {
          'app.repo': 'shop/api',
          'app.version': '1.0.0',
          'side.spec': `${ECR}/shop/side:2.0.0`,
          'other.version': '1.0.0',
        },
        { annotations },
      ),
    ).toEqual(['app.repo', 'app.version', 'side.spec']);
  });

  it('keeps repositories and their tags', () => {
    expect(
      select(
        {
          'image.repository': `${ECR}/shop/api`,
          'side.image': 'bitnami/redis',
          'side.tag': '7',
          'db.user': 'shop',
          'db.tag': 'x',
        },
        { images: ['bitnami/redis:6'] },
      ),
    ).toEqual(['image.repository', 'side.image', 'side.tag']);
  });

  it('drops values that can’t be versions, whatever the name', () => {
    expect(
      select({
        'image.tag': 'not a tag',
        'image.name': `x${'y'.repeat(600)}`,
        'api.url': 'https://user:pass@host.example.com/x',
        token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln/Zm9v',
      }),
    ).toEqual([]);
  });
});

describe('kustomizeImages', () => {
  it('keeps image references only', () => {
    expect(
      kustomizeImages(['a:1', `a=${ECR}/shop/api:1.0.0`, 'no image', 'a=b c']),
    ).toEqual(['a:1', `a=${ECR}/shop/api:1.0.0`]);
  });
});

import { annotatedImages } from './annotatedImages';

const P = 'argocd-image-updater.argoproj.io/';

describe('annotatedImages', () => {
  it('reads entries with their own settings first', () => {
    expect(
      annotatedImages({
        [`${P}image-list`]:
          'app=123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api:~1.4, localhost:5000/x, ???, nginx:>1',
        [`${P}update-strategy`]: 'name',
        [`${P}app.update-strategy`]: 'latest',
        [`${P}app.allow-tags`]: 'regexp:^1',
        [`${P}ignore-tags`]: '*-rc*',
        [`${P}app.helm.image-tag`]: 'image.tag',
      }),
    ).toMatchObject([
      {
        repository: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api',
        image: { alias: 'app', tag: { name: '~1.4' } },
        strategy: 'newest-build',
        allowTags: 'regexp:^1',
        ignoreTags: ['*-rc*'],
        helm: { name: '', tag: 'image.tag' },
      },
      { repository: 'localhost:5000/x', strategy: 'alphabetical' },
      { repository: 'docker.io/library/nginx', image: { tag: { name: '>1' } } },
    ]);
  });

  it('has none where annotations can not be used', () => {
    expect(annotatedImages({})).toEqual([]);
    expect(
      annotatedImages({
        [`${P}image-list`]: 'app=nginx',
        [`${P}force-update`]: 'perhaps',
      }),
    ).toEqual([]);
  });
});

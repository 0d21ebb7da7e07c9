import {
  listedRepositories,
  listsImages,
  updaterRepositories,
} from './listedRepositories';
import { imageUpdaterSpecSchema } from './settings/resource';
import type { ImageUpdaterResource } from './types';

const HOST = 'registry.example.com';

function updater(name: string, ...refs: object[]): ImageUpdaterResource {
  return {
    namespace: 'argocd',
    name,
    spec: imageUpdaterSpecSchema.parse({ applicationRefs: refs }),
  };
}

function listing(namePattern: string, ...images: string[]) {
  return {
    namePattern,
    images: images.map((imageName, index) => ({
      alias: `a${index}`,
      imageName,
    })),
  };
}

const ENABLING = updater('enabling', {
  namePattern: '*',
  useAnnotations: true,
});
const API = updater(
  'api',
  listing('api-*', `${HOST}/shop/api:~1`, `${HOST}/shop/api:^1`, 'nginx:>1'),
);
const WEB = updater('web', listing('web', `${HOST}/shop/web:1`, 'No/Image'));

describe('listsImages', () => {
  it('holds for resources with images of their own', () => {
    expect(
      [ENABLING, API, updater('empty', listing('*'))].map(listsImages),
    ).toEqual([false, true, false]);
  });
});

describe('listedRepositories', () => {
  it('has each repository of all resources once, whichever application they select', () => {
    expect(listedRepositories([WEB, API, ENABLING])).toEqual([
      'docker.io/library/nginx',
      `${HOST}/shop/api`,
      `${HOST}/shop/web`,
    ]);
  });
});

describe('updaterRepositories', () => {
  const of = (name: string, namespace = 'argocd') =>
    updaterRepositories(
      {
        ref: { instance: 'main', namespace, name },
        labels: {},
        annotations: {
          'argocd-image-updater.argoproj.io/image-list': `${HOST}/shop/annotated`,
        },
        sources: [{ repoUrl: 'https://git.example.com/deploy.git', path: 'x' }],
      },
      [ENABLING, API, WEB],
    );

  it('has those of the resources that select the application', () => {
    expect(of('api-dev')).toEqual([
      'docker.io/library/nginx',
      `${HOST}/shop/api`,
    ]);
    expect(of('web')).toEqual([`${HOST}/shop/web`]);
    expect(of('other')).toEqual([]);
    expect(of('api-dev', 'elsewhere')).toEqual([]);
  });
});

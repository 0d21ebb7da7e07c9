import { operation } from '../actions/__testUtils__/application';
import { imagesWithoutHookPods, withoutHookImages } from './hookImages';

const API = 'registry.example.com/shop/api';
const MIGRATE = 'registry.example.com/shop/migrate';

describe('withoutHookImages', () => {
  it.each<[string, Parameters<typeof withoutHookImages>[0], string[]]>([
    ['nothing', { images: [], hookImages: [] }, []],
    [
      'no hooks',
      { images: [`${API}:2`, `${API}:2`], hookImages: [] },
      [`${API}:2`],
    ],
    [
      'a hook with another version of the image',
      { images: [`${API}:2`], hookImages: [`${API}:never-pushed`] },
      [`${API}:2`],
    ],
    [
      'a hook with an image of its own',
      { images: [`${API}:2`], hookImages: [`${MIGRATE}:7`] },
      [`${API}:2`, `${MIGRATE}:7`],
    ],
    [
      'hooks alone',
      { images: [], hookImages: [`${API}:2`, `${API}:2`] },
      [`${API}:2`],
    ],
    [
      'hooks alone, while another version runs',
      {
        images: [],
        hookImages: [`${API}:never-pushed`],
        live: [`${API}:1`],
      },
      [],
    ],
    [
      'hooks alone, while their pods run beside another version',
      {
        images: [],
        hookImages: [`${API}:never-pushed`],
        live: [`${API}:1`, `${API}:never-pushed`],
      },
      [],
    ],
    [
      'hooks alone, whose pods run alone',
      {
        images: [],
        hookImages: [`${MIGRATE}:7`],
        live: [`${API}:1`, `${MIGRATE}:7`],
      },
      [`${MIGRATE}:7`],
    ],
    [
      'a hook whose image is pinned by its digest',
      {
        images: [`${API}:2`],
        hookImages: [`${API}@sha256:${'0'.repeat(64)}`],
      },
      [`${API}:2`],
    ],
    [
      'images that can’t be parsed',
      { images: [`${API}:2`], hookImages: ['A B', `${API}:3`] },
      [`${API}:2`, 'A B'],
    ],
  ])('of %s', (_, options, expected) => {
    expect(withoutHookImages(options)).toEqual(expected);
  });
});

describe('imagesWithoutHookPods', () => {
  it.each<[string, string[], string[] | undefined, string[]]>([
    ['no hook', [`${API}:1`, `${API}:2`], undefined, [`${API}:1`, `${API}:2`]],
    [
      'the pod of a hook beside what runs',
      [`${API}:1`, `${API}:never-pushed`],
      [`${API}:never-pushed`],
      [`${API}:1`],
    ],
    [
      'the pod of a hook with an image of its own',
      [`${API}:1`, `${MIGRATE}:7`],
      [`${MIGRATE}:7`],
      [`${API}:1`, `${MIGRATE}:7`],
    ],
    ['what a hook has, too', [`${API}:1`], [`${API}:1`], [`${API}:1`]],
    ['nothing', [], [`${API}:1`], []],
  ])('of %s', (_, images, hookImages, expected) => {
    expect(
      imagesWithoutHookPods({ images, operation: operation({ hookImages }) }),
    ).toEqual(expected);
  });

  it('are all images of an application without an operation', () => {
    expect(imagesWithoutHookPods({ images: [`${API}:1`] })).toEqual([
      `${API}:1`,
    ]);
  });
});

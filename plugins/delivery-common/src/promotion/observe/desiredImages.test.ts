import { API } from '../../testing/simulation';
import {
  application,
  at,
  type DraftOptions,
  draftOf,
  sha,
} from '../__testUtils__/builders';
import { recordDesiredImages } from './desiredImages';

const DESIRED = {
  revisions: [sha('a')],
  images: [`${API}:1.1.0`],
  manifests: 'm1',
};

function record(options: DraftOptions) {
  const draft = draftOf(options);
  const { memory } = draft;
  recordDesiredImages(draft, {
    kind: 'desired-images-observed',
    ref: draft.ref,
    ...DESIRED,
    seenAt: at('12:30'),
  });
  return { desired: draft.memory.desired, isSame: draft.memory === memory };
}

describe('recordDesiredImages', () => {
  it('remembers the images of the current revisions', () => {
    expect(record({ application: application() }).desired).toEqual(DESIRED);
  });

  it.each<[string, DraftOptions]>([
    ['the application is unknown', {}],
    ['it is gone', { application: application(), goneAt: at('12:20') }],
    [
      'its revisions are others by now',
      {
        application: application({
          sync: { status: 'OutOfSync', revisions: [sha('b')] },
        }),
      },
    ],
    [
      'they are known',
      { application: application(), memory: { desired: DESIRED } },
    ],
  ])('changes nothing if %s', (_, options) => {
    expect(record(options).isSame).toBe(true);
  });
});

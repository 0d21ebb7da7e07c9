import { at, digest, image, promotion } from '../__testUtils__/builders';
import { observed, reported } from '../stageTimes';
import { withPushedStage } from './pushedStage';

const images = [
  image('1.0.1', at('12:00'), { digest: digest('a') }),
  image('1.0.1', at('12:30'), { digest: digest('b') }),
];
const version = { tag: '1.0.1' };

describe('withPushedStage', () => {
  it.each([
    ['the latest push', {}, 'b', at('12:30')],
    [
      'the push before its sync',
      { synced: reported(at('12:10')) },
      'a',
      at('12:00'),
    ],
    [
      'the push before its health',
      { healthy: reported(at('12:10')) },
      'a',
      at('12:00'),
    ],
  ])('adds %s', (_, stages, of, time) => {
    const pushed = withPushedStage(images, promotion('p', { version, stages }));
    expect(pushed.version).toEqual({ tag: '1.0.1', digest: digest(of) });
    expect(pushed.stages.pushed).toEqual(reported(time));
  });

  it('says when a time is only that of the observation', () => {
    const [known] = images;
    const unknown = { ...known, pushedAt: undefined, seenAt: at('12:02') };
    expect(
      withPushedStage([unknown], promotion('p', { version })).stages.pushed,
    ).toEqual(observed(at('12:02')));
  });

  it('goes by the version as it is written', () => {
    const known = promotion('p', {
      version: { ...version, digest: digest('a') },
    });
    expect(withPushedStage(images, known).version.digest).toBe(digest('a'));
    expect(withPushedStage(images, known, version).version.digest).toBe(
      digest('b'),
    );
  });

  it.each([
    ['a rollback', promotion('p', { version, rollback: true })],
    [
      'an image that is gone',
      promotion('p', { stages: { pushed: reported(at('11:00')) } }),
    ],
  ])('leaves alone %s', (_, before) => {
    expect(withPushedStage(images, before)).toBe(before);
  });
});

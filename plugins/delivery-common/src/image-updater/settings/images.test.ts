import { policyOf } from '../__testUtils__/policies';
import { helmFileParameters } from './images';

describe('helmFileParameters', () => {
  it.each([
    ['image', 'image'],
    [' image\n', 'image'],
    // Go counts the first one as space, but not the second one.
    ['\u0085image', 'image'],
    ['\ufeffimage', '\ufeffimage'],
  ])('of the image-spec %j names %j', (spec, name) => {
    const policy = policyOf('nginx:1', {}, { helm: { spec } });
    expect(helmFileParameters(policy)).toEqual({ name, tag: '' });
  });
});
